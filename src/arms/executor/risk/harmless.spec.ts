import { assessLine } from './assess';

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const DATA = String.raw`
echo "rm -rf everything"
echo rm -rf everything
printf '%s\n' 'git reset --hard HEAD~2'
grep -rn 'git push --force' docs
grep -E "DROP TABLE|rm -rf" log.txt
rg 'kubectl delete' .
git commit -m "stop using rm -rf and git reset --hard"
git commit -am 'docs: explain git clean -fd'
git log --grep='rm -rf'
gh pr create --title "Remove rm -rf" --body 'no more git push --force'
ls # rm -rf lib
man 1 rm
which shred
type -a tar
command -v shred
help history
test -e rm
[ "$x" = "rm -rf lib" ]
[[ $line == *"rm -rf"* ]]
x='rm -rf lib'
export NOTE="git reset --hard HEAD~2"
echo 'rm -rf lib' > note.txt
echo 'rm -rf lib' | grep rm
echo 'rm -rf lib' | base64
cat rm.txt
python3 -c "print('rm -rf lib')"
python3 -c "x = 1  # os.remove('a')"
node -e "console.log('fs.rmSync')"
awk '{ print "rm", $1 }' list
sed -n '/rm -rf/p' log.txt
psql -c "select 'drop table x'"
jq '.delete' a.json
`;

const FORMS = String.raw`
rm -rf /tmp/build-17
rm -rf "$TMPDIR/build-17"
rm -rf "${'$'}{TMPDIR:-/tmp}/build-17"
rm -rf /var/tmp/cache/*
t=$(mktemp -d); rm -rf "$t"
t=$(mktemp -d) && trap 'rm -rf "$t"' EXIT
find /tmp/build-17 -name '*.o' -delete
unlink --help
git status -sb
git diff --stat
git clean -nfd
git clean --dry-run -fd
git restore --staged lib/main.c
git checkout -b topic
git checkout -b topic --
git checkout trunk
git switch -c topic
git branch -d topic
git branch --list
git stash -u
git stash push -m wip
git stash pop --index
git push
git push --force-with-lease origin topic
git push -u origin topic
git push --dry-run --force
git reset HEAD lib/main.c
git reset --soft HEAD~4
git rm --cached secrets.txt
git worktree remove ../hotfix
git tag v4.0
git gc
git fetch --prune
git rebase -i main
git show HEAD:reset--hard
kubectl get pods
kubectl describe pod delete-me
kubectl delete pod x --dry-run=client
kubectl logs delete
docker ps -a
docker images
docker logs --tail 5 rm
docker compose up -d
terraform plan -destroy
terraform state list
helm list
aws s3 ls s3://shop-bucket
aws ec2 describe-instances
gcloud compute instances list
gh pr list
npm install left-shift
npm ls
pip install requests
apt-get install -y jq
systemctl status nginx
journalctl -u nginx
crontab -l
iptables -L
kill -l
kill 4711
pkill -HUP nginx
echo /tmp/a /tmp/b | xargs rm -rf
cat list | xargs -I@ echo @
chmod +x run.sh
chmod -R u+w lib
chown anna notes.md
mkdir -p a/b/c
touch a
cp a b
mv a b
ln -s a b
ls -la > list.txt
sort a >> b
make 2>/dev/null
ls >/dev/null 2>&1
cat < a | sort -u
tar xzf a.tgz -C /tmp/a
curl -s https://example.com
curl -X POST -d 'a=b' https://example.com/orders
curl -o page.html https://example.com
wget https://example.com/a.tgz
ssh web uptime
psql -c 'SELECT * FROM orders'
psql -c 'DELETE FROM orders WHERE id = 7'
sqlite3 shop.db '.tables'
redis-cli GET key
redis-cli ping
python3 --version
node -p '1 + 1'
python3 -c "import os; os.remove('/tmp/own/x')"
xargs -n1 echo < list
find . -name '*.ts' -exec grep -l todo {} +
find . -type f -print0 | xargs -0 wc -l
for f in *.txt; do wc -l "$f"; done
while true; do date; sleep 1; done
f() { echo "$1"; }; f rm
shutdown -c
npm run clean
rsync -avn --delete a/ b/
sudo -l
env
time ls
brew list
terraform fmt
farm -rf
gitk --all
dd if=/dev/sda of=/tmp/head bs=512 count=1
`;

const HERE = [
  'cat <<EOF\nrm -rf lib\nEOF',
  "cat > clean.sh <<'EOF'\nrm -rf lib\ngit reset --hard\nEOF",
  'tee notes.md <<EOF\ngit push --force\nEOF',
  "grep x <<'EOF'\n$(rm -rf lib)\nEOF",
  "git commit -F - <<'EOF'\nDrop rm -rf lib\nEOF",
  'gh issue create --body "$(cat <<\'EOF\'\nrm -rf lib\nEOF\n)"',
  'python3 <<EOF\nprint("shutil.rmtree")\nEOF',
  'ls # rm -rf lib\nls',
];

it.each([DATA, FORMS].flatMap(lines).concat(HERE))('finds nothing destructive: %s', (line) => {
  const { risk, reasons } = assessLine(line);
  expect([risk, reasons]).not.toEqual(['destructive', expect.anything()]);
});
