# Kills all that a process has started, and it itself, once the JVM that started this has
# ended in whatever way. $1 is the mark in their environment; the first line of the input
# is the number of the first process. The input ends with the JVM. As ProcessTree does.

trap '' HUP INT QUIT TERM
mark=$1
read -r root
while read -r line; do :; done

# The number of each, with the time of its start.
look() {
	if [ -r /proc/self/stat ]; then
		# numbers and times first: what has got a number since is not killed below
		cat /proc/[0-9]*/stat 2> /dev/null
		grep -lsFe "$mark" /proc/[0-9]*/environ
	else
		ps -A -o pid= -o ppid=
	fi | awk -v root="$root" '
		/^.proc.[0-9]+.environ$/ { gsub(/[^0-9]/, ""); ours[$0]; next }
		NF == 2 { parent[$1] = $2; start[$1] = ""; if ($1 == root) ours[$1]; next }
		{
			pid = $1
			sub(/^.*[)] /, "")
			if ($1 ~ /[ZX]/) next
			parent[pid] = $2; start[pid] = $20
			if ($4 == root) ours[pid] # its session
		}
		END {
			do {
				more = 0
				for (pid in parent) if (!(pid in ours) && (parent[pid] in ours)) { ours[pid]; more = 1 }
			} while (more)
			for (pid in ours) print pid, (pid in start) ? start[pid] : "unknown"
		}'
}

# Whether $1 is still the process that started at $2; one that was too short-lived to tell is not.
same() {
	[ -n "$2" ] || return 0
	read -r line < "/proc/$1/stat" || return 1
	set -- "$2" ${line##*) }
	[ "$1" = "${21}" ]
}

empty=0
round=0
while [ $empty -lt 10 ] && [ $round -lt 600 ]; do
	found=$(look)
	empty=$((empty + 1))
	if [ -n "$found" ]; then
		empty=0
		echo "$found" | while read -r pid start; do
			same "$pid" "$start" && kill -KILL "$pid"
		done
	fi
	round=$((round + 1))
	[ $round -lt 500 ] || sleep 1
done
