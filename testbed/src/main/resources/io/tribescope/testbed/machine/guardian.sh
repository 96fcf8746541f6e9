# Ends what a test bed started, and removes the network that it made.
# $1: the mark that every process of the bed carries in its environment.
# $2: the name of its bridge, and the prefix of its namespaces; empty without namespaces.
# Standard input is a pipe that only the bed's JVM holds: it ends when that JVM ends, however it ends.
trap '' INT TERM HUP
mark=$1
name=$2
while read -r _; do :; done

# The mark, not a list of pids, tells what to end: it cannot name a stranger that was given a pid
# again, and it finds what was started a moment ago, what was forked and what is stopped.
tries=0
while pids=$(grep -lszx "TRIBESCOPE_BED=$mark" /proc/[0-9]*/environ | cut -d/ -f3) && [ -n "$pids" ]; do
  for pid in $pids; do
    # Every server leads its own process group: this reaches children whose environment another
    # user's rights hide.
    kill -s KILL -- "-$pid" 2>/dev/null
    kill -s KILL "$pid" 2>/dev/null
  done
  tries=$((tries + 1))
  if [ "$tries" -gt 100 ]; then
    echo "still running after SIGKILL:" $pids
    break
  fi
  sleep 0.05
done

[ -n "$name" ] || exit 0
# Not from ip's list: it complains of another bed's namespace that is just being deleted.
for namespace in $(ls /run/netns 2>/dev/null | grep "^$name-"); do
  ip netns del "$namespace"
done
# The links would go with their namespaces, but only some time later; some may have gone already.
# Not from a dump of ip's: another bed's links that come or go meanwhile interrupt it.
links() { ls /sys/class/net | grep -x "$name[-0-9]*"; }
for link in $(links); do
  ip link del "$link" 2>/dev/null
done
while iptables -w -D FORWARD -i "$name" -o "$name" -j ACCEPT 2>/dev/null; do :; done
left=$(links)
[ -z "$left" ] || echo "links that cannot be deleted:" $left
