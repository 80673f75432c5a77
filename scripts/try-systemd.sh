#!/bin/bash
# The root of try-systemd.mjs: namespaces with a view of this machine of which nothing that is written comes back. Its /tmp, /run
# and /dev are its own, /sys and /proc/sys read-only, the network is a loopback alone; the machine's own root is left.
set -e
base=$1 bundles=$2 units=$3
mount --make-rprivate /
mount -t tmpfs tmpfs "$base"
mkdir -p "$base/up" "$base/work" "$base/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$base/up,workdir=$base/work" "$base/root"
new="$base/root"
for place in tmp run dev; do mount -t tmpfs tmpfs "$new/$place"; done
mkdir -p "$new/run/bundles" "$new/run/units"
cp "$bundles"/*.tar.gz "$new/run/bundles"
cp "$units"/* "$new/run/units"
for device in null zero full random urandom tty; do
  mknod -m 666 "$new/dev/$device" c $((0x$(stat -c %t /dev/$device))) $((0x$(stat -c %T /dev/$device)))
done
ln -s /proc/self/fd "$new/dev/fd"
mkdir -p "$new/dev/shm" "$new/dev/pts" "$new/oldroot"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$new/dev/pts"
ln -s pts/ptmx "$new/dev/ptmx"
# Where systemd says what it does.
touch "$new/dev/console"
mount -t proc proc "$new/proc"
mount -t sysfs -o ro sysfs "$new/sys"
mount -t cgroup2 cgroup2 "$new/sys/fs/cgroup"
cd "$new"
pivot_root . oldroot
cd /
umount -l /oldroot
mount --bind /proc/sys /proc/sys
mount -o remount,ro,bind /proc/sys
ip link set lo up
# Nothing of the machine's own units: neither what they start nor what they clean up belongs to this trial.
[ "$(stat -f -c %T /)" = overlayfs ] && [ "$(stat -f -c %T /tmp)" = tmpfs ] || { echo "not apart from this machine"; exit 1; }
export SYSTEMD_UNIT_PATH=/run/units container=trial
exec /lib/systemd/systemd --system --unit=trial.target --log-target=console --show-status=false
