import type { CommandRules } from './command-rules';

const DISK = 'It deletes or overwrites a disk, a volume or a file system.';

export const DISK_COMMANDS: readonly CommandRules[] = [
  {
    names:
      'mkfs mke2fs mkswap mkdosfs mkntfs newfs wipefs blkdiscard lvremove vgremove pvremove lvreduce pvmove fdformat newfs_msdos luksFormat',
    rules: [['-n|--no-act|--dry-run', 'safe']],
    otherwise: 'destructive',
    otherwiseReason: DISK,
  },
  {
    names: 'fdisk sfdisk gdisk sgdisk cfdisk parted gpart diskpart',
    rules: [
      ['-l|--list', 'safe'],
      ['… print', 'safe'],
    ],
    otherwise: 'destructive',
    otherwiseReason: DISK,
  },
  {
    names: 'diskutil',
    rules: [
      ['list|info', 'safe'],
      ['erase*|partition*|reformat|zeroDisk|secureErase|apfs', 'destructive', DISK],
    ],
    otherwise: 'writes',
  },
  {
    names: 'zpool zfs btrfs lvm mdadm cryptsetup nvme hdparm',
    rules: [
      [
        '… destroy|rollback|delete|labelclear|remove|detach|offline|luksErase|luksFormat|erase|luksKillSlot|luksRemoveKey|format|sanitize|lvremove|vgremove|pvremove|export',
        'destructive',
        DISK,
      ],
      [
        '--stop|--zero-superblock|--fail|--remove|--create|--security-erase|--security-erase-enhanced|--trim-sector-ranges',
        'destructive',
        DISK,
      ],
      ['… list|status|show|get|iostat|luksDump|isLuks|subvolume', 'safe'],
    ],
    otherwise: 'unknown',
  },
  { names: 'badblocks', rules: [['-w|-n', 'destructive', DISK]], otherwise: 'safe' },
  {
    names: 'fsck e2fsck xfs_repair resize2fs tune2fs debugfs',
    rules: [
      ['-n', 'safe'],
      ['-L', 'destructive', DISK],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'umount swapoff losetup',
    rules: [['-f|--force|-l|--lazy|-a|--all|-D', 'destructive', 'It takes file systems away while they are used.']],
    otherwise: 'writes',
  },
  { names: 'mount swapon', otherwise: 'writes' },
];
