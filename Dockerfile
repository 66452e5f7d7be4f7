# docker build -t precis . && docker run --rm -p 127.0.0.1:8080:8080 -e PRECIS_INSECURE=true precis
# Beyond this machine: keys (precis keys create) instead of PRECIS_INSECURE, see deploy/.
FROM node:20.20-bookworm-slim AS base
WORKDIR /app
# The CPU library of onnxruntime-node is in its package; the script would fetch a GPU library.
ENV ONNXRUNTIME_NODE_INSTALL=skip
COPY package.json package-lock.json ./

FROM base AS build
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run -s build

FROM base
RUN npm ci --omit=dev --no-audit --no-fund
COPY --from=build /app/dist dist
COPY model/bundle model/bundle
COPY LICENSE README.md ./
COPY examples examples
RUN mkdir /data && chown node /data
VOLUME /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 PRECIS_DATA=/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/cli/main.js", "serve"]
