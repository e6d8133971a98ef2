# syntax=docker/dockerfile:1
# Stage 1 installs the pinned dependencies and the bot as a wheel; stage 2 builds the matching model with them;
# stage 3 is what runs: no pip cache, no build tools, a non-root user, a root file system that may be read-only.
FROM python:3.12-slim AS install
WORKDIR /src
COPY requirements.lock requirements-dev.lock ./
RUN python -m venv /opt/neuvoja && /opt/neuvoja/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
# The build backend comes from the lock as well.
RUN python -m venv /opt/build && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-dev.lock
COPY . .
RUN /opt/build/bin/python -m hatchling build -t wheel -d /tmp/wheels \
 && /opt/neuvoja/bin/pip install --no-cache-dir --no-deps /tmp/wheels/*.whl

FROM install AS model
RUN NEUVOJA_CACHE=/opt/neuvoja/models /opt/neuvoja/bin/neuvoja ask "hello" --lang en >/dev/null

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/neuvoja --create-home neuvoja
COPY --from=model /opt/neuvoja /opt/neuvoja
ENV PATH=/opt/neuvoja/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NEUVOJA_MODELS=/opt/neuvoja/models \
    NEUVOJA_CACHE=/var/lib/neuvoja/models \
    NEUVOJA_HEARTBEAT=/var/lib/neuvoja/heartbeat \
    DATABASE_URL=sqlite+aiosqlite:////var/lib/neuvoja/neuvoja.db
# A number: Kubernetes' runAsNonRoot cannot tell who a name is.
USER 10001
WORKDIR /var/lib/neuvoja
VOLUME /var/lib/neuvoja
# The running bot notes every few seconds that its parts are alive.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-m", "bot.heartbeat"]
ENTRYPOINT ["neuvoja"]
CMD ["run"]
