# The app as a normal user on port 8501; all that it keeps is in /data.
#
#   docker build -t mtl-playground .
#   docker run --init -p 8501:8501 -v mtl-data:/data mtl-playground

FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    MTL_DATA_DIR=/data

# A number, so that a cluster can see that it is no root; the folders are made here, so that a volume takes their owner.
RUN useradd --uid 10001 --user-group --create-home --shell /usr/sbin/nologin mtl && install -d -o mtl -g mtl /data /shared

WORKDIR /app

# Changes more seldom than the code: Docker keeps this layer. Where pip finds torch with all that graphics cards need, a package
# index with builds for processors alone makes the image gigabytes smaller: --build-arg PIP_EXTRA_INDEX_URL=...
ARG PIP_EXTRA_INDEX_URL
COPY requirements.txt ./
RUN python -m pip install --no-compile -r requirements.txt

COPY app.py ./
COPY .streamlit ./.streamlit
COPY core ./core
COPY pages ./pages
COPY sample_data ./sample_data

USER 10001:10001
VOLUME /data
EXPOSE 8501

# The slim image has no curl. Not asked by name: the app answers to names it knows, and to plain addresses.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]

# A list of words and no shell: the signal to stop reaches the app, which ends within 10 s and loses nothing.
STOPSIGNAL SIGTERM
CMD ["python", "-m", "streamlit", "run", "app.py", "--server.address", "0.0.0.0", "--server.port", "8501"]
