#!/bin/sh
# Makes the archives of this folder anew, with the real tools: GNU tar, gzip, bzip2, Info-ZIP, dpkg-deb, Python's zipfile.
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cd "$work"
mkdir -p 'pets/cats' 'pets/my dogs' 'pets/рыбы' pets/.hidden
printf 'a cat' > pets/cats/1.txt
seq 1 2000 > pets/cats/2.bin
printf 'a dog' > 'pets/my dogs/a b.txt'
printf 'a fish' > 'pets/рыбы/карп.txt'
: > pets/empty
printf 'hidden' > pets/.hidden/x.txt
printf 'litter' > pets/.DS_Store
find pets -exec touch -d '2020-01-01 00:00:00 UTC' {} +
tar="tar --sort=name --owner=0 --group=0 --numeric-owner"
$tar --format=gnu -cf "$here/gnu.tar" pets
$tar --format=pax -cf "$here/pax.tar" pets
$tar --format=v7 -cf "$here/v7.tar" pets/cats 'pets/my dogs'
gzip -nc "$here/gnu.tar" > "$here/gnu.tar.gz"
bzip2 -c "$here/gnu.tar" > "$here/gnu.tar.bz2"
# Two streams one after another, as parallel packers write them; blocks of 100 kB.
seq 1 25000 > numbers
{ bzip2 -1c numbers; bzip2 -1c numbers; } > "$here/numbers.bz2"
rm -f "$here"/*.zip
zip -qrX "$here/info.zip" pets
mkdir outer
gzip -nc "$here/gnu.tar" > outer/pets.tar.gz
$tar -cf outer/more.tar -C pets cats
(cd outer && zip -qrX "$here/caltech-like.zip" pets.tar.gz more.tar)
cp "$here/info.zip" outer/inner.zip
$tar -cf "$here/zip-inside.tar" -C outer inner.zip
mkdir -p package/DEBIAN
cp -r pets package/
printf '%s\n' 'Package: pets' 'Version: 1' 'Architecture: all' 'Maintainer: Nobody <nobody@example.org>' 'Description: pets' > package/DEBIAN/control
chmod -R u=rwX,go=rX package
for packing in xz zstd gzip none; do
  SOURCE_DATE_EPOCH=1577836800 dpkg-deb --root-owner-group -Z$packing -b package "$here/$packing.deb"
done
mkdir -p around/DEBIAN
cp package/DEBIAN/control around/DEBIAN/
cp "$here/xz.deb" around/inner.deb
chmod -R u=rwX,go=rX around
SOURCE_DATE_EPOCH=1577836800 dpkg-deb --root-owner-group -Zxz -b around "$here/deb-inside.deb"
python3 - "$here" <<'PYTHON'
import sys, zipfile
here = sys.argv[1]
# As Windows' Explorer in its Russian edition names entries: code page 866, without the bit that says UTF-8.
with zipfile.ZipFile(here + '/windows.zip', 'w', zipfile.ZIP_DEFLATED) as z:
    names = {'a': 'кошки/1.txt', 'b': 'собаки и щенки/2.txt'}
    for letter, name in names.items():
        info = zipfile.ZipInfo(letter * len(name.encode('cp866')), (2020, 1, 1, 0, 0, 0))
        info.create_system = 0
        z.writestr(info, name)
data = open(here + '/windows.zip', 'rb').read()
for letter, name in names.items():
    raw = name.encode('cp866')
    data = data.replace(letter.encode() * len(raw), raw)
open(here + '/windows.zip', 'wb').write(data)
PYTHON
rm -r "$work"
