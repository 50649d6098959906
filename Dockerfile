# The lab and its command line in one image, for the CPU:
#
#   docker build -t parsimony --build-arg COMMIT="$(git rev-parse HEAD)" .
#   docker run --rm -p 4173:4173 parsimony                                   # serves the lab on http://localhost:4173
#   docker run --rm -v "$PWD/results:/results" parsimony experiment lambda-sweep --out /results
#
# On an NVIDIA card, with the NVIDIA container toolkit on the host, which brings the card's Vulkan driver into the container:
#
#   docker build -t parsimony:webgpu --build-arg WEBGPU=webgpu@0.6.2 .
#   docker run --rm --gpus all -v "$PWD/results:/results" parsimony:webgpu experiment lambda-sweep --engine webgpu --out /results
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:22-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends tini libvulkan1 \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /results
WORKDIR /app
COPY --from=build --chown=node:node /app /app
ARG WEBGPU=
RUN if [ -n "$WEBGPU" ]; then npm install --no-save --no-audit --no-fund "$WEBGPU"; fi
# Results say which commit made them; inside there is no repository to ask.
ARG COMMIT=
ENV PARSIMONY_COMMIT=$COMMIT
ENV NVIDIA_DRIVER_CAPABILITIES=compute,graphics,utility
USER node
EXPOSE 4173
ENTRYPOINT ["/usr/bin/tini", "--", "/app/deploy/entrypoint.sh"]
CMD ["serve"]
