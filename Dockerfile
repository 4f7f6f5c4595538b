# A machine that can grade, for systems that cannot: docs/machines.md. compose.yaml mounts the clone over /course, so an
# edit needs no new image, and no student's work is ever in one.
FROM debian:12-slim

# Python 3.11; Chinese, Japanese and Korean characters in plots; git for editors.
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv ca-certificates fonts-noto-cjk git \
    && rm -rf /var/lib/apt/lists/*

# PyTorch without CUDA; with nothing here (--build-arg TORCH_BACKEND=) the index's own.
ARG TORCH_BACKEND=cpu
WORKDIR /course
COPY requirements.txt pyproject.toml README.md LICENSE ./
RUN python3 -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir uv==0.13.9 \
    && /opt/venv/bin/uv pip install --python /opt/venv/bin/python --no-cache --compile-bytecode \
        ${TORCH_BACKEND:+--torch-backend=$TORCH_BACKEND} -r requirements.txt
COPY course course
RUN /opt/venv/bin/uv pip install --python /opt/venv/bin/python --no-cache --no-deps --no-build-isolation -e .

ENV PATH=/opt/venv/bin:$PATH
COPY .devcontainer/as-owner /usr/local/bin/as-owner
RUN chmod 755 /usr/local/bin/as-owner && useradd --create-home --uid 1000 course
ENTRYPOINT ["as-owner", "course"]
CMD ["--help"]
