#!/usr/bin/env bash
# Writes requirements.txt from requirements.in: resolved as for Python 3.10 (which Rasa declares),
# without the CUDA packages and without jax, which TensorFlow only looks at where it is installed.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet uv
{
  echo "# The complete pinned list, written by \`make lock\` from requirements.in. Installed with --no-deps."
  .venv/bin/uv pip compile --quiet --python-version 3.10 --override requirements-override.txt \
    --no-annotate --no-header --no-emit-find-links --no-emit-index-url requirements.in |
    grep -vE '^(nvidia-|cuda-|triton|jax|jaxlib|ml-dtypes|--)'
} > requirements.new
mv requirements.new requirements.txt
