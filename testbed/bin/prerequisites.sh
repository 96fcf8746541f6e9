# What the demo and the tests need: a JDK and Maven, which the user brings, and what they install from
# the packages of Debian or Ubuntu.
# To be sourced by a POSIX shell, with or without "set -eu".

# tribescope_java
#
# Prints the java command to use. Returns 1, with a message on standard error, when there is none, or
# when there is no JDK 17 or newer, or no Maven.
tribescope_java() (
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  if ! command -v "$java" >/dev/null; then
    echo "no Java found: install a JDK 17, or set JAVA_HOME" >&2
    exit 1
  fi
  # An old Java does not know of modules; one without a compiler is no JDK.
  if ! "$java" --list-modules 2>/dev/null | grep -qE '^jdk.compiler@(1[7-9]|[2-9][0-9])'; then
    echo "$(command -v "$java") is no JDK 17 or newer: install one, or set JAVA_HOME" >&2
    exit 1
  fi
  if ! command -v mvn >/dev/null; then
    echo "no Maven found: install the package maven" >&2
    exit 1
  fi
  echo "$java"
)

# tribescope_prerequisites [PACKAGE...]
#
# Sees to it that the packages (all that are known below, when none is named) are there. Where what
# they bring is there already, it does nothing; otherwise, as root on a machine with apt, it says
# what it will do and installs what is missing. No service is started by that, nor at the next boot.
#
# Returns 0 when all is there; 1, with a message on standard error, when something is still missing;
# more than 128 when a signal ended it.
tribescope_prerequisites() (
  [ $# -gt 0 ] || set -- apache2 libapache2-mod-jk prometheus prometheus-alertmanager \
    iproute2 iptables libfaketime
  missing=$(tribescope_missing "$@")
  [ -n "$missing" ] || exit 0

  if [ "$(id -u)" -ne 0 ]; then
    echo "Not installed: $missing. Install as root: apt-get install $missing" >&2
    exit 1
  fi
  if ! command -v apt-get >/dev/null; then
    echo "Not installed, and no apt-get here to install it: $missing" >&2
    exit 1
  fi
  ended=0
  tribescope_install "$missing" || ended=$?
  [ "$ended" -le 128 ] || exit "$ended"
  missing=$(tribescope_missing "$@")
  [ -n "$missing" ] || exit 0
  echo "Still not installed: $missing. What apt-get said is above." >&2
  exit 1
)

# The packages, of those named, whose files are not there, on one line.
tribescope_missing() (
  # A user's path often has no sbin.
  PATH=$PATH:/usr/sbin:/sbin
  missing=
  for package in "$@"; do
    case $package in
      libapache2-mod-jk) ls /usr/lib/apache2/modules/mod_jk.so ;;
      prometheus) command -v prometheus && command -v promtool ;;
      prometheus-alertmanager) command -v prometheus-alertmanager && command -v amtool ;;
      iproute2) command -v ip ;;
      libfaketime) ls /usr/lib/*/faketime/libfaketime.so.1 ;;
      *) command -v "$package" ;;
    esac >/dev/null 2>&1 || missing="$missing $package"
  done
  echo "${missing# }"
)

# Installs the packages, given as one word; what apt-get says is shown only when it fails.
tribescope_install() (
  echo "Installing with apt-get, without starting any service: $1 (a minute or two)"
  # What of it must not run afterwards, however this ends.
  services=
  for service in apache2 prometheus prometheus-alertmanager; do
    case " $1 " in
      *" $service "*) service "$service" status >/dev/null 2>&1 || services="$services $service" ;;
    esac
  done
  log=$(mktemp) || exit 1
  made=
  trap 'rm -f "$log" $made; tribescope_stop $services' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  # Debian's packages ask this program before they start a service; 101 forbids it. It forbids what is
  # installed from here and nothing else, so that it does no harm should SIGKILL leave it behind; the
  # next of others who asks it removes it.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    made=$policy
    cat >"$policy" <<'POLICY' && chmod 755 "$policy" || exit 1
#!/bin/sh
[ -z "${TRIBESCOPE_INSTALLS-}" ] || exit 101
rm -f "$0"
exit 0
POLICY
  fi

  export DEBIAN_FRONTEND=noninteractive TRIBESCOPE_INSTALLS=1
  # A source that does not answer is no reason to stop: the others may have it all.
  apt-get update -q </dev/null >"$log" 2>&1 || cat "$log" >&2
  # shellcheck disable=SC2086 # one word a package
  if ! apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 $1 \
    </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
  fi
)

# Stops services, which a policy that was there before may have allowed to start, for now and for the
# next boot.
tribescope_stop() (
  for service in "$@"; do
    service "$service" stop >/dev/null 2>&1 || :
    systemctl --quiet disable "$service" >/dev/null 2>&1 || :
  done
)
