"""The texts in English."""

from bot.chat.texts.catalogue import Texts

TEXTS = Texts(
    commands={
        "ask": "Ask about the report",
        "check": "Check a claim against the report",
        "brief": "The main facts, with their sources",
        "facts": "All facts, by topic",
        "sources": "The reports I answer from",
        "subscribe": "Tell me of new, corrected and withdrawn facts",
        "alerts": "Which alerts come here, and when",
        "unsubscribe": "No more alerts here",
        "language": "Choose the language of the answers",
        "help": "How to ask, and all commands",
        "privacy": "What is stored, and for how long",
        "forget": "Delete what is stored about this chat",
        "start": "What this bot does",
    },
    start=(
        "I answer questions about a report, only from facts that an editor has checked, "
        "and I show the words that prove each answer. When the report does not say, I tell you so.\n"
        "Write a question, or a claim to check: in English, Ukrainian or Russian."
    ),
    examples="For example:",
    help=(
        "Write a question in your own words, or a claim, and I will say whether the report bears it out. "
        "A follow-up such as “and who said so?” works for ten minutes. "
        "If you edit your question, I edit my answer."
    ),
    help_group="In a group I answer /ask, replies to my messages, and questions that mention {bot}.",
    usage=(
        "Write the question after the command, for example: /ask how many were there?\n"
        "Or reply with /ask to the message you want checked."
    ),
    text_only="I can only read text. Please write your question.",
    unknown_command="I do not know that command. Write a question, or see /help.",
    nearest="This is not the answer, but the nearest the report comes to it:",
    none_of_these="None of these",
    none_chosen="Then I have no answer from the report. Try to ask in other words, or see /facts for all it says.",
    title="title",
    show_source="Show source",
    claimed_by="Who says so: {by}",
    no_claimant="The report says so itself.",
    publisher="Publisher: {publisher}",
    author="Author: {author}",
    published="Published: {date}",
    no_date="The report gives no calendar date.",
    original="Read the report",
    rated_good="Thank you!",
    rated_bad="Thank you, noted.",
    stale_button="This button is too old. Please ask again.",
    fact_gone="This fact is no longer in the fact base. Please ask again.",
    brief="The main facts",
    facts="All facts",
    facts_on="Facts on: {topic}",
    topics="Topics: {topics}. Write /facts and a topic to see only that.",
    no_topic="There is no topic “{wanted}”.",
    page="Page {number} of {count}",
    sources="I answer from:",
    language="In which language shall I answer in this chat?",
    language_auto="As the question",
    language_chosen="From now on I answer in English here.",
    language_auto_chosen="From now on I answer in the language of each question.",
    admins_only="In a group only its administrators can do this.",
    privacy=(
        "What is stored:\n"
        "• your message, until it is answered;\n"
        "• your last two questions in this chat, for ten minutes, to understand a follow-up;\n"
        "• the language chosen for this chat;\n"
        "• questions that I could not answer, without who asked them, for 90 days, so that editors can add more;\n"
        "• the messages whose author wants to be told an answer later, for 30 days;\n"
        "• your number and the command, if you use one that is for admins, for a year;\n"
        "• which facts each of my messages in this chat carried, for 30 days, to be able to correct it: "
        "without your name and without your question;\n"
        "• if this chat has alerts: what it chose about them, and what was sent to it in the last 30 days.\n"
        "/forget deletes all of it for this chat at once, "
        "but for the questions that nobody can tell are yours, and the list of what admins did."
    ),
    forgotten="Done. Nothing about this chat is stored any more.",
    failed="Something went wrong on my side, and it was written down as {id}. Please ask again.",
    tell_me="Tell me when you know",
    will_tell="If there is an answer within 30 days, I will tell you here.",
    told="You asked: {question}\nNow I can answer:",
    too_many="That was a lot at once. Please wait a minute; then I answer again.",
    inline_example="Tap to post this fact with its source",
    inline_silent="The report does not say",
)
