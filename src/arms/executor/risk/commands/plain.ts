/**
 * Programs that only look, count, compare or print, whatever they are given. `awk`, `sed`, `find` and their like are not here:
 * they can be told to run others.
 */
export const LOOKING = new Set(
  (
    '[ test : true false echo printf cat tac ls dir vdir exa eza lsd tree pwd cd pushd popd dirs head tail less more most bat batcat nl wc sort uniq cut paste column comm diff sdiff cmp join fold fmt pr expand unexpand rev tr ' +
    'grep egrep fgrep rg ag ack zgrep zcat bzcat xzcat zless locate whereis which type whatis man info help apropos file stat du df ncdu id whoami who w users groups last lastlog hostname uname arch nproc uptime free vmstat iostat mpstat ' +
    'ps pgrep pidof pstree top htop btop lsof fuser ss netstat lsblk blkid lscpu lsmem lsusb lspci lsmod dmesg date cal ncal printenv locale tty getconf getent sleep wait jobs fg bg seq yes factor expr bc dc basename dirname realpath readlink ' +
    'md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum shasum cksum sum base64 base32 xxd od hexdump strings nm objdump readelf ldd size jq yq xq gron xmllint csvcut csvlook fzf ' +
    'shellcheck actionlint hadolint cloc tokei scc shift break continue return exit times ulimit umask hash unset export declare local readonly typeset set shopt getopts read let logger tput clear cmark figlet cowsay lolcat ' +
    'fi done esac } alias unalias bind complete compgen caller mapfile readarray trap iconv look tsort shuf numfmt ts pv mktemp diffstat colordiff delta icdiff acpi sensors findmnt mountpoint namei pathchk uuidgen mcookie ' +
    'Get-ChildItem Get-Content Write-Output Write-Host Select-String Get-Process'
  ).split(' '),
);

/** Programs that make or change files, and can do little else. */
export const WRITING = new Set(
  'mkdir touch mkfifo mknod gzip gunzip bzip2 bunzip2 xz unxz zstd unzstd lz4 7z 7za unzip ar cpio split csplit patch ed ex vim vi nvim nano emacs code pandoc convert magick ffmpeg sox dos2unix unix2dos gcc cc g++ clang clang++ ld as rustc javac jar protoc latex pdflatex xelatex gofmt rustfmt clang-format base32hex stty reset timedatectl hostnamectl useradd adduser groupadd addgroup openssl age ssh-agent update-alternatives ldconfig localedef locale-gen chsh at batch newgrp dpkg-reconfigure xclip pbcopy wl-copy notify-send open xdg-open'.split(
    ' ',
  ),
);
