FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv --without-pip /srv/handslag
COPY requirements requirements
RUN pip install --no-cache-dir --require-hashes -r requirements/build.txt \
    && pip --python /srv/handslag/bin/python install --no-cache-dir --require-hashes \
        -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY docs docs
COPY migrations migrations
RUN pip wheel --no-deps --no-build-isolation --wheel-dir wheels . \
    && pip --python /srv/handslag/bin/python install --no-cache-dir --no-deps wheels/*.whl

FROM python:3.11-slim
RUN useradd --uid 10001 --no-log-init --home-dir /var/lib/handslag --create-home handslag
COPY --from=build /srv/handslag /srv/handslag
ENV PATH=/srv/handslag/bin:$PATH PYTHONUNBUFFERED=1
# The default SQLite file lies in the working directory; mount a volume here to keep it.
WORKDIR /var/lib/handslag
# A number, so that what runs the container can see that it is not root.
USER 10001
EXPOSE 8000
# A worker (the command: handslag worker) answers no calls: turn the health check off for it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", \
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=3)"]
CMD ["handslag", "serve", "--host", "0.0.0.0"]
