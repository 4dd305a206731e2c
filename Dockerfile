# syntax=docker/dockerfile:1
# Three stages: the front end, the Python environment, and an image with no tools of either.

FROM node:20-bookworm-slim AS frontend
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-fund --no-audit
COPY webui webui
RUN node webui/frontend/build.mjs

FROM python:3.11-slim-bookworm AS program
WORKDIR /app
RUN python -m venv /venv
COPY requirements-build.txt requirements.txt ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements-build.txt \
 && VIRTUAL_ENV=/venv /venv/bin/uv pip install --no-cache --compile-bytecode --require-hashes -r requirements.txt
COPY . .
RUN VIRTUAL_ENV=/venv /venv/bin/uv pip install --no-cache --no-deps --no-build-isolation \
      --config-setting editable_mode=compat --editable . \
 && for po in engine/translations/*/LC_MESSAGES/messages.po; do /venv/bin/pybabel -q compile -i "$po" -o "${po%.po}.mo"; done \
 && /venv/bin/python -m compileall -q /app \
 && rm -rf webui/frontend
COPY --from=frontend /app/webui/static/dist webui/static/dist

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --create-home tatakerja
COPY --from=program /venv /venv
COPY --from=program /app /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 TATAKERJA_DATA=/data
WORKDIR /data
USER tatakerja
VOLUME /data
EXPOSE 8000
CMD ["tatakerja", "web"]
