// How a language addresses the owner of a name: the twin of content/honorifics.py.
"use strict";

const kbHonorifics = (() => {
  const { isAscii, rstrip, strip, words } = kbText;
  const { stripped } = kbSeen;
  const NOTE = /(?<=[^\s(])\([^()]{0,40}\)$/; // as in `田中様（経理）`

  /**
   * The name with what the language adds to it, unless it has something of its own.
   * @param {string} name
   * @param {KbHonorific} wording
   */
  function addressed(name, wording) {
    const shown = stripped(name);
    const plain = strip(shown.normalize("NFKC").toLowerCase());
    if (!plain || bringsOne(plain, wording)) return shown;
    return shown + (isCompany(plain, wording) ? wording.addedToCompany : wording.added);
  }
  /**
   * @param {string} plain
   * @param {KbHonorific} wording
   */
  function bringsOne(plain, { beginnings, endings }) {
    const spellings = [plain, rstrip(plain.replace(NOTE, ""))];
    return (
      endings.some((ending) => spellings.some((text) => text.endsWith(ending))) ||
      beginnings.some((beginning) => plain.startsWith(beginning))
    );
  }
  /**
   * Whether it is a company or a part of one, and nobody who works there.
   * @param {string} plain
   * @param {KbHonorific} wording
   */
  function isCompany(plain, { companies, companyEndings, departments }) {
    if ([...companies, ...companyEndings].some((ending) => plain.endsWith(ending))) return true;
    const kind = companies.find((name) => plain.includes(name));
    if (!kind) return false;
    const following = words(plain.slice(plain.indexOf(kind) + kind.length));
    const behind = following.slice(plain.startsWith(kind) ? 1 : 0);
    const last = behind.at(-1);
    return !last || isAscii(last) || departments.some((ending) => last.endsWith(ending));
  }

  return { addressed };
})();
