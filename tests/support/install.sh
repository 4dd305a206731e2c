#!/usr/bin/env bash
# install.sh PROGRAM:PACKAGE…   Installs by apt the packages whose program is missing, when we may;
# says what to install when we may not.
set -euo pipefail

missing=()
for wanted in "$@"; do
  PATH="$PATH:$(printf '%s:' /usr/lib/postgresql/*/bin)" command -v "${wanted%%:*}" >/dev/null || missing+=("${wanted##*:}")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" = 0 ]; then as_root=(env); elif sudo -n true 2>/dev/null; then as_root=(sudo -n env); fi
if [ ${#as_root[@]} = 0 ] || ! command -v apt-get >/dev/null; then
  echo "Missing here: ${missing[*]}. Install with: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
echo "Installing ${missing[*]} …"
"${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get update -qq
"${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "${missing[@]}" >/dev/null
