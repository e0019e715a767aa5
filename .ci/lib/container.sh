# shellcheck shell=bash disable=SC2154
# The container file of the standalone host: built from the jar that this build has made, run, asked and stopped.

container_file() {
    local name="headgate-ci-$$" token=0123456789abcdef port waited code
    mkdir -p "$work/etc" "$work/plugins"
    printf 'version: 1\ngrants: []\n' >"$work/etc/grants.yaml"
    # shellcheck disable=SC2016
    printf 'version: 1\nhttp: {address: 0.0.0.0, token: "${env:HEADGATE_TOKEN}"}\n' >"$work/etc/settings.yaml"
    chmod -R a+rX "$work/etc" "$work/plugins"
    # shellcheck disable=SC2064
    trap "remove_container $name \$?" EXIT
    docker build -q -t "$name" -f samples/standalone/operate/Containerfile samples/standalone/target
    docker run -d --name "$name" -p 127.0.0.1::9464 -e "HEADGATE_TOKEN=$token" \
        --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --memory 1g \
        -v "$work/etc:/etc/headgate:ro" -v "$work/plugins:/opt/headgate/plugins:ro" "$name"
    port=$(docker port "$name" 9464/tcp | sed -n '1s/.*://p')
    for ((waited = 0; waited < 60; waited++)); do
        curl -sf "http://127.0.0.1:$port/livez" && break
        sleep 1
    done
    curl -sf -H "Authorization: Bearer $token" "http://127.0.0.1:$port/status" | grep '"version":1' >/dev/null
    [[ $(docker exec "$name" id -u) == 10001 ]]
    docker stop -t 60 "$name" >/dev/null
    docker logs "$name" 2>&1 | grep 'headgate stopped$'
    code=$(docker inspect -f '{{.State.ExitCode}}' "$name")
    [[ $code == 143 ]]
}

remove_container() {
    local name=$1 status=$2
    ((status == 0)) || docker logs "$name" 2>&1 | tail -n 30
    docker rm -f "$name" >/dev/null 2>&1 || true
    docker rmi "$name" >/dev/null 2>&1 || true
    return "$status"
}
