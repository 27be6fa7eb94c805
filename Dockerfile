# The registry as a container: it serves on port 8000 and takes its database from KEXIE_DATABASE_URL.
# Without that it starts the embedded PostgreSQL under /var/lib/kexie, which is then worth a volume.

FROM node:22-slim AS web
WORKDIR /source/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web/ ./
RUN npm run build

FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/kexie
WORKDIR /source
COPY requirements.lock ./
# The build backend is in the lock, too, so nothing is fetched that the lock does not name with its hash.
RUN /opt/kexie/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY registry/ registry/
COPY projections/ projections/
COPY graphql_api/ graphql_api/
COPY web/src/operations/ web/src/operations/
COPY --from=web /source/web/dist/ web/dist/
RUN /opt/kexie/bin/pip install --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/kexie --shell /usr/sbin/nologin kexie
COPY --from=build /opt/kexie/ /opt/kexie/
ENV PATH=/opt/kexie/bin:$PATH PYTHONUNBUFFERED=1
# By number, so that an orchestrator can see that it is not root.
USER 10001
WORKDIR /var/lib/kexie
EXPOSE 8000
# The first start may apply migrations; readiness is what a load balancer asks for, too.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=4).close()"]
# The program stops its server and finishes what is in flight on SIGTERM.
STOPSIGNAL SIGTERM
CMD ["kexie", "serve", "--host", "0.0.0.0"]
