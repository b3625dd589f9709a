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

# The shorter lists of the container images, held to the same versions. tensorflow-cpu is TensorFlow without the
# parts for graphics cards, half as large; libclang is for compiling it.
for image in gateway rasa; do
  .venv/bin/uv pip compile --quiet --python-version 3.10 --override requirements-override.txt --constraint requirements.txt \
    --no-annotate --no-header --no-emit-find-links --no-emit-index-url "deploy/requirements/$image.in" |
    grep -vE '^(nvidia-|cuda-|triton|jax|jaxlib|ml-dtypes|libclang|--)' |
    sed 's/^tensorflow==/tensorflow-cpu==/' > requirements.new
  mv requirements.new "deploy/requirements/$image.txt"
done
