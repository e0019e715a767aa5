# shellcheck shell=bash disable=SC2154
# A new operator, the author of a first plugin, and who looks for a recipe, who have a page and nothing else: what its steps say is
# done, line by line.

# Prints a page's steps, in order: the lines of its blocks `sh LABEL`; for a block that names its file (`java file=…`), a line
# that puts it there; for a block `text says`, one that looks for it in what the line before it printed.
page_steps() {
    local page=$1 label=$2 blocks
    blocks=$(mktemp -d -p "$work")
    awk -v label="$label" -v blocks="$blocks" '
        /^```[a-z]+ file=/ { out = blocks "/" ++n; print "install -D -m 644 " out " " substr($2, 6); next }
        /^```text says$/ { out = blocks "/" ++n; print "says " out; next }
        $0 == "```sh " label { inside = 1; next }
        /^```$/ { inside = 0; if (out) close(out); out = ""; next }
        out { print > out; next }
        inside && NF' "$page"
}

# Whether the line before printed each line of a file, in which an ellipsis stands for anything.
says() {
    local line
    while IFS= read -r line; do
        if ! grep -q -- "$(sed 's/[][\.*^$]/\\&/g; s/…/.*/g' <<<"$line")" "$work/printed"; then
            echo "this was not printed: $line"
            return 1
        fi
    done <"$1"
}

# Runs one line in this shell, so that what it sets stays. What stays in the background prints as it goes.
page_line() {
    local status=0
    if [[ $1 == 'says '* || "${1%%  #*} " == *' & '* ]]; then
        eval "$1" || status=$?
    else
        eval "$1" >"$work/printed" 2>&1 || status=$?
        cat "$work/printed"
    fi
    return "$status"
}

# Runs one step and tells how long it took and with what it ended.
page_step() {
    local line=$1 began=$SECONDS status=0 expected=0 waited
    [[ $line == *'ends with 1'* ]] && expected=1
    page_line "$line" || status=$?
    # What was started or changed a moment ago may not show yet; whoever types is slower.
    if [[ $line == 'headgate status'* || $line == 'grep '* ]]; then
        for ((waited = 0; status != expected && waited < 60; waited++)); do
            sleep 1
            status=0
            page_line "$line" || status=$?
        done
    fi
    echo "-- $((SECONDS - began)) s: ${line%%  #*}"
    if ((status != expected)); then
        echo "ended with $status instead of $expected"
        return 1
    fi
}

# Follows a page, in the folder and the shell that this is called in.
follow_page() {
    local line steps
    steps=$(page_steps "$1" "$2")
    while IFS= read -r line <&3; do
        page_step "$line"
    done 3<<<"$steps"
}

# What was started in the background ends with it, each with its process group: the host as an operator ends it.
end_operator() {
    local group
    for group in $(jobs -p); do
        kill -- "-$group" 2>/dev/null || true
    done
    wait
}

# To a clone and a local repository of one's own, which the pages share. What this build has fetched is not fetched again.
enter_clone() {
    export MAVEN_ARGS="$MAVEN_ARGS -Dmaven.repo.local=$work/repository -Dmaven.repo.local.tail=$HOME/.m2/repository"
    [[ -d $work/operator ]] || git clone -q . "$work/operator"
    cd "$work/operator"
    set -m
    trap end_operator EXIT
}

new_operator() {
    enter_clone
    follow_page docs/operate.md new-operator
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

tutorial() {
    enter_clone
    follow_page docs/tutorial.md tutorial
    echo 'tutorial: OK'
}

# Who is started under nohup is told of no hangup, and hands that on to all that it starts; a host is to be told.
hear_hangups() {
    mkdir -p "$work/bin"
    printf '#!/bin/sh\nexec env --default-signal=HUP %q "$@"\n' "$(command -v java)" >"$work/bin/java"
    chmod +x "$work/bin/java"
    PATH="$work/bin:$PATH"
}

how_to() {
    enter_clone
    hear_hangups
    follow_page docs/how-to.md how-to
    echo 'how-to: OK'
}
