#!/usr/bin/env bash
# Makes the secrets of a new installation in deploy/secrets, or in the folder given:
#   lamplight.env    for gateways and Rasa workers
#   redis-users.acl  for Redis
# Nothing is overwritten. docs/deployment.md says how to change secrets later.
set -euo pipefail
folder=${1:-$(dirname "$0")/secrets}
umask 077
mkdir -p "$folder/tls"
chmod 700 "$folder"
cd "$folder"
for file in lamplight.env redis-users.acl; do
  if [ -e "$file" ]; then echo "$folder/$file exists already; remove it first to make new secrets." >&2; exit 1; fi
done
redis=$(openssl rand -hex 32)
cat > lamplight.env <<SECRETS
LAMPLIGHT_REDIS_URL=redis://lamplight:$redis@redis:6379/0
LAMPLIGHT_RASA_SECRET=$(openssl rand -hex 32)
LAMPLIGHT_SMS_SECRET=$(openssl rand -hex 32)
SECRETS
cat > redis-users.acl <<USERS
user default off
user lamplight on >$redis ~lamplight:* resetchannels -@all +@read +@write +@connection +@scripting +time -@dangerous
USERS
# The container's user reads these two; nobody else gets into the folder.
chmod 644 redis-users.acl
chmod 755 tls
echo "Wrote lamplight.env and redis-users.acl to $folder. Put tls.crt and tls.key (mode 644) into $folder/tls."
