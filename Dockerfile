# The image of production: the web server, the worker and the clock are three commands of it.

FROM node:22-bookworm-slim AS libraries
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/pip install --require-hashes -r requirements.txt
COPY . .
COPY --from=libraries /app/node_modules ./node_modules
RUN /venv/bin/python scripts/assets.py \
 && /venv/bin/python scripts/messages.py compile \
 && rm -rf node_modules \
 && /venv/bin/python -m compileall -q /venv/lib .

FROM python:3.11-slim-bookworm
RUN useradd --uid 1000 --create-home fixpoint \
 && install --directory --owner fixpoint --group fixpoint /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=psa.settings.production \
    PSA_DATA_DIR=/data \
    DEMO=0
USER fixpoint
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "psa.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "3", "--threads", "4", "--timeout", "60", "--max-requests", "5000", \
     "--max-requests-jitter", "500", "--no-control-socket", "--access-logfile", "-"]
