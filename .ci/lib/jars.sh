# shellcheck shell=bash disable=SC2154
# Whether the jars of the last build can be rebuilt byte for byte, in another directory.

# Prints the checksums of the jars below a directory.
checksums() {
    (cd "$1" && find . -path '*/target/*.jar' -path '*/target/headgate-*' | sort | xargs -r sha256sum)
}

rebuild_jars() {
    local again="$work/again"
    checksums . >"$work/first.sums"
    for kind in SNAPSHOT sources javadoc; do
        grep -q -- "-$kind.jar$" "$work/first.sums" || {
            echo "no $kind jar was built"
            return 1
        }
    done
    mkdir "$again"
    git ls-files -z --cached --others --exclude-standard | tar --null -T - -c | tar -C "$again" -x
    (cd "$again" && JAVA_HOME=$(jdk_home 17) ./mvnw -q package \
        -Dmaven.test.skip -Dspotless.check.skip -Djacoco.skip -Denforcer.skip)
    checksums "$again" >"$work/again.sums"
    diff "$work/first.sums" "$work/again.sums"
    echo "$(wc -l <"$work/first.sums") jars are the same"
}
