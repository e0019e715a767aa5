# shellcheck shell=bash disable=SC2154
# The container file of the standalone host: built from the jar that this build has made, run, asked and stopped.

container_file() {
    local port waited code
    (cd samples/standalone && docker build -q -t headgate-ci -f operate/Containerfile target)
    mkdir -p "$work/etc" "$work/plugins"
    printf 'version: 1\ngrants: []\n' >"$work/etc/grants.yaml"
    # shellcheck disable=SC2016
    printf 'version: 1\nhttp: {address: 0.0.0.0, token: "${env:HEADGATE_TOKEN}"}\n' >"$work/etc/settings.yaml"
    chmod -R a+rX "$work/etc" "$work/plugins" "$work"
    docker run -d --name headgate-ci -p 127.0.0.1::9464 -e HEADGATE_TOKEN=0123456789abcdef \
        -v "$work/etc:/etc/headgate:ro" -v "$work/plugins:/opt/headgate/plugins:ro" headgate-ci >/dev/null
    trap 'docker rm -f headgate-ci >/dev/null' EXIT
    port=$(docker port headgate-ci 9464/tcp | head -n 1 | sed 's/.*://')
    for ((waited = 0; waited < 60; waited++)); do
        curl -sf "http://127.0.0.1:$port/livez" && break
        sleep 1
    done
    curl -sf -H 'Authorization: Bearer 0123456789abcdef' "http://127.0.0.1:$port/status" | grep -q '"version":1'
    docker exec headgate-ci id -u | grep -q '^10001$'
    docker stop -t 60 headgate-ci >/dev/null
    code=$(docker inspect -f '{{.State.ExitCode}}' headgate-ci)
    docker logs headgate-ci 2>&1 | tail -n 1
    docker logs headgate-ci 2>&1 | grep -q 'stopped$'
    [[ $code == 143 ]]
}
