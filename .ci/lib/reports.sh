# shellcheck shell=bash disable=SC2154
# What JUnit counted, read from Surefire's and Failsafe's XML reports.

reports() {
    find . -path './*/target/*-reports/TEST-*.xml' "$@"
}

remove_reports() {
    reports -delete
}

# Prints "tests failures errors skipped" for each report given: the first <testsuite> tag's, since a test's own
# output may hold another.
suites() {
    awk 'function count(name) { return match($0, " " name "=\"[0-9]+\"") \
             ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
         BEGIN { RS = ">" }
         FNR == 1 { found = 0 }
         !found && /<testsuite[ \t\n]/ {
             found = 1
             print count("tests"), count("failures"), count("errors"), count("skipped")
         }' "$@"
}

add_reports() {
    reports -print0 | while IFS= read -r -d '' report; do suites "$report"; done >"$1.last"
    cat "$1.last" >>"$1"
}

require_tests() {
    awk '{ run += $1 - $4 } END { print run + 0, "tests ran"; exit !run }' "$tally.last"
}

# Each class tagged as a container test must have run, with nothing skipped.
require_container_tests() {
    local source class report tests skipped status=0 classes=0
    while IFS= read -r source; do
        class=${source#*/src/test/java/}
        class=${class%.java}
        report=${source%%/src/test/java/*}/target/surefire-reports/TEST-${class//\//.}.xml
        classes=$((classes + 1))
        read -r tests _ _ skipped < <(suites "$report" 2>/dev/null) || tests=0
        if ((tests == 0 || skipped > 0)); then
            echo "container tests did not run: ${class//\//.}: $tests tests, ${skipped:-0} skipped"
            status=1
        fi
    done < <(git grep -l --untracked '^ *@Tag("container")' -- '*/src/test/java/*.java')
    if ((classes == 0)); then
        echo 'there is no container test'
        return 1
    fi
    return "$status"
}

print_totals() {
    [[ -s $1 ]] || return 1
    awk '{ tests += $1; failed += $2 + $3; skipped += $4 }
         END { printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped }' "$1"
}
