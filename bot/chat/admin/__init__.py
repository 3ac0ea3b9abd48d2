"""What those who keep the bot do from the chat. Every handler asks the gate first."""
