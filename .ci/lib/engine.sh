# shellcheck shell=bash disable=SC2154
# A container engine for Testcontainers, and the one image that the peers are built on.

readonly BASE_IMAGE=debian:bookworm-slim

# False for a zombie too, whose command line is empty.
alive() {
    grep -qs . "/proc/$1/cmdline"
}

engine_answers() {
    has docker && timeout 10 docker info >/dev/null 2>&1
}

has_base_image() {
    engine_answers && docker image inspect "$BASE_IMAGE" >/dev/null 2>&1
}

# Starts a daemon unless an engine answers. Its pid is kept, since only what was started here is stopped here.
start_engine() {
    local pid waited
    if engine_answers; then
        echo 'an engine answers'
        return
    fi
    as_root dockerd --group "$(id -gn)" --pidfile "$work/dockerd.pid" >"$work/dockerd.log" 2>&1 &
    pid=$!
    for ((waited = 0; waited < 60; waited++)); do
        if engine_answers; then
            docker info --format 'dockerd {{.ServerVersion}}, {{.Driver}}'
            return
        fi
        alive "$pid" || break
        sleep 1
    done
    echo 'dockerd does not answer:'
    tail -n 30 "$work/dockerd.log"
    as_root kill "$pid" 2>/dev/null || true
    return 1
}

stop_engine() {
    local pid waited
    [[ -s $work/dockerd.pid ]] || return 0
    pid=$(<"$work/dockerd.pid")
    as_root kill "$pid" || return 0
    for ((waited = 0; waited < 30; waited++)); do
        alive "$pid" || return 0
        sleep 1
    done
    echo "dockerd ($pid) does not stop"
    return 1
}

# Takes the base image from a registry, or makes it from Debian's packages where none answers.
make_base_image() {
    if has_base_image; then
        echo "$BASE_IMAGE is present"
        return
    fi
    if timeout 20 docker pull -q "$BASE_IMAGE"; then
        return
    fi
    as_root debootstrap --variant=minbase bookworm "$work/rootfs" "$(package_mirror)" >"$work/debootstrap.log" 2>&1 || {
        tail -n 30 "$work/debootstrap.log"
        return 1
    }
    as_root tar -C "$work/rootfs" -c --exclude='./var/cache/apt/*' . | docker import -c 'CMD ["bash"]' - "$BASE_IMAGE"
    as_root rm -rf "$work/rootfs"
}

# The mirror that this machine's apt takes Debian's packages from.
package_mirror() {
    local mirror
    # shellcheck disable=SC2016
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1)
    echo "${mirror:-http://deb.debian.org/debian}"
}
