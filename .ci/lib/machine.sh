# shellcheck shell=bash disable=SC2154
# What the machine has, and what is missing on it.

as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

has() {
    command -v "$1" >/dev/null
}

install_packages() {
    local missing=()
    has git || missing+=(git)
    has curl || missing+=(curl)
    has unzip || missing+=(unzip)
    has openssl || missing+=(openssl)
    [[ -e /etc/ssl/certs/ca-certificates.crt ]] || missing+=(ca-certificates)
    # Debian's docker.io holds the client and the daemon.
    engine_answers || has dockerd || missing+=(docker.io)
    has chromium || missing+=(chromium)
    has prometheus || missing+=(prometheus)
    has_base_image || has debootstrap || missing+=(debootstrap)
    if ((${#missing[@]} == 0)); then
        return
    fi
    echo "installing ${missing[*]}"
    as_root apt-get -q update
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q install -y --no-install-recommends "${missing[@]}" >"$work/apt.log" 2>&1 || {
        cat "$work/apt.log"
        return 1
    }
}

# Prints the home of a JDK of the feature release given: the default one, or one that lies beside it.
jdk_home() {
    local feature=$1 default home
    default=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
    for home in "$default" "$(dirname "$(readlink -f "$default")")"/*; do
        if [[ -x $home/bin/javac ]] && grep -q "^JAVA_VERSION=\"${feature}[.\"]" "$home/release"; then
            readlink -f "$home"
            return
        fi
    done
    return 1
}
