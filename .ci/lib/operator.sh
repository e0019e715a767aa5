# shellcheck shell=bash disable=SC2154
# A new operator, who has the page docs/operate.md and nothing else: does what its first steps say, line by line.

# Prints the commands of the page's block for a new operator.
operator_lines() {
    awk '/^```sh new-operator$/ { inside = 1; next } /^```$/ { inside = 0 } inside && NF' docs/operate.md
}

# Runs one line in this shell, so that what it sets stays, and tells how long it took and with what it ended.
operator_line() {
    local line=$1 began=$SECONDS status=0 expected=0 waited
    [[ $line == *'ends with 1'* ]] && expected=1
    eval "$line" || status=$?
    # A host that was started a moment ago may not answer yet, or not be ready; whoever types is slower.
    if [[ $line == 'headgate status'* ]]; then
        for ((waited = 0; status != expected && waited < 60; waited++)); do
            sleep 1
            status=0
            eval "$line" || status=$?
        done
    fi
    echo "-- $((SECONDS - began)) s: ${line%%  #*}"
    if ((status != expected)); then
        echo "ended with $status instead of $expected"
        return 1
    fi
}

# What was started in the background ends with it, each with its process group: the host as an operator ends it.
end_operator() {
    local group
    for group in $(jobs -p); do
        kill -- "-$group" 2>/dev/null || true
    done
    wait
}

# In a clone and a local repository of its own. What this build has fetched is not fetched again.
new_operator() {
    local line
    export MAVEN_ARGS="$MAVEN_ARGS -Dmaven.repo.local=$work/repository -Dmaven.repo.local.tail=$HOME/.m2/repository"
    git clone -q . "$work/operator"
    cd "$work/operator"
    set -m
    trap end_operator EXIT
    while IFS= read -r line <&3; do
        operator_line "$line"
    done 3< <(operator_lines)
    for _ in {1..20}; do
        if curl -sf http://127.0.0.1:9464/status | tee status.json | grep '"sent":[1-9]' >/dev/null; then
            echo 'operator: OK, the plugin has answered'
            return
        fi
        sleep 1
    done
    echo 'the plugin has not answered:'
    cat status.json
    return 1
}
