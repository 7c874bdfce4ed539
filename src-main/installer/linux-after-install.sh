#!/bin/sh
# Runs as root after the package was unpacked, at its first installation and at each update.
# The packager fills in the two names between braces; no other braces follow a dollar sign here.
set -e

program='${executable}'
home='/opt/${sanitizedProductName}'
shared='/var/lib/fusion-license-console'

# One marker an account: who holds this computer's license. Each may add its own and remove no other's.
mkdir -p "$shared"
chown root:root "$shared"
chmod 1777 "$shared"

# The program, under its plain name, and beside it the command of the terminal. What removes the one removes the other.
launcher="$home/resources/license-console"
chmod 0755 "$launcher" || true
link() {
  ln -sf "$home/$program" "/usr/bin/$program"
  ln -sf "$launcher" /usr/bin/license-console
}
if command -v update-alternatives >/dev/null 2>&1; then
  update-alternatives --install "/usr/bin/$program" "$program" "$home/$program" 100 \
    --slave /usr/bin/license-console license-console "$launcher" || link
else
  link
fi

# Where accounts may not make namespaces of their own, the sandbox of the embedded pages needs root's help.
if unshare --user true 2>/dev/null; then
  chmod 0755 "$home/chrome-sandbox" || true
else
  chmod 4755 "$home/chrome-sandbox" || true
fi

# Where AppArmor forbids such namespaces by default, a profile of the console's own allows them. Older versions cannot read it.
profile="$home/resources/apparmor-profile"
if command -v apparmor_parser >/dev/null 2>&1 && apparmor_parser --skip-kernel-load --skip-cache "$profile" >/dev/null 2>&1; then
  cp -f "$profile" "/etc/apparmor.d/$program"
  if ! { command -v ischroot >/dev/null 2>&1 && ischroot; }; then
    apparmor_parser --replace --write-cache --skip-read-cache "/etc/apparmor.d/$program" || true
  fi
fi

if command -v update-desktop-database >/dev/null 2>&1; then
  update-desktop-database /usr/share/applications || true
fi
