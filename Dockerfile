# Two stages: the first one builds the environment, the second one holds only what runs.
FROM python:3.13-slim AS build
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/citebot
WORKDIR /src
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --locked --no-dev --no-install-project
COPY bot ./bot
COPY knowledge ./knowledge
RUN uv sync --locked --no-dev --no-editable

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /home/citebot citebot \
    && install -d -o citebot -g citebot /data
COPY --from=build /opt/citebot /opt/citebot
ENV PATH=/opt/citebot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CITEBOT_DATABASE_URL=sqlite:////data/citebot.sqlite3 \
    CITEBOT_LOG_FORMAT=json
USER 10001:10001
WORKDIR /home/citebot
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=180s --retries=3 CMD ["citebot", "health"]
ENTRYPOINT ["citebot"]
CMD ["run"]
