# shellcheck shell=bash disable=SC2154
# A new user, who has a sample's README.md and nothing else: runs the commands it begins with, as CONTRIBUTING.md has it.

# Prints the commands of a sample: the first indented block of its README.md.
sample_lines() {
    awk '/^    / { inside = 1; print substr($0, 5); next } inside { exit }' "$1/README.md"
}

# Counts the tests of a sample that ran.
sample_tests() {
    find "$1" -path '*/target/*-reports/TEST-*.xml' -print0 |
        while IFS= read -r -d '' report; do suites "$report"; done |
        awk '{ run += $1 - $4 } END { print run + 0 }'
}

# Whether the line only does again what was done: what one sample has installed is there for the next, and what the new
# operator has, for all. Both built the same commit.
is_done() {
    [[ -n ${installed[$1]:-} ]] && return
    [[ $1 == './mvnw -q install '*' -pl host-reactive-ws -am' ]] &&
        compgen -G "$work/repository/io/headgate/headgate-host-reactive-ws/*/*.jar" >/dev/null
}

run_sample() {
    local sample=$1 line lines=0 tests began=$SECONDS
    if [[ ! -f $sample/README.md ]]; then
        echo "$sample has no README.md"
        return 1
    fi
    while IFS= read -r line <&3; do
        lines=$((lines + 1))
        line=$(sed 's/ *#.*//' <<<"$line")
        if is_done "$line"; then
            continue
        fi
        eval "$line" || {
            echo "$sample: ended with $?: $line"
            return 1
        }
        [[ $line == *' install '* ]] && installed[$line]=yes
    done 3< <(sample_lines "$sample")
    if ((lines == 0)); then
        echo "$sample/README.md has no commands: an indented block"
        return 1
    fi
    tests=$(sample_tests "$sample")
    echo "-- $((SECONDS - began)) s: $sample, $tests tests"
    if ((tests == 0)); then
        echo "$sample: no test ran"
        return 1
    fi
}

# In a clone of its own, and the new operator's local repository where there is one. What this build has fetched is not
# fetched again.
run_samples() {
    local sample
    local -A installed=()
    export MAVEN_ARGS="$MAVEN_ARGS -Dmaven.repo.local=$work/repository -Dmaven.repo.local.tail=$HOME/.m2/repository"
    git clone -q . "$work/samples"
    cd "$work/samples"
    for sample in samples/*/; do
        # No sample to learn from, and it takes as long as all the others: its tests run in the build.
        [[ $sample == samples/benchmarks/ ]] && continue
        run_sample "${sample%/}"
    done
}

# The application as a whole, by the lines that its README.md has for it: where it was built a moment ago.
webflux_demo() {
    export MAVEN_ARGS="$MAVEN_ARGS -Dmaven.repo.local=$work/repository -Dmaven.repo.local.tail=$HOME/.m2/repository"
    cd "$work/samples"
    set -m
    trap end_operator EXIT
    follow_page samples/webflux/README.md webflux
    echo 'webflux: OK'
}
