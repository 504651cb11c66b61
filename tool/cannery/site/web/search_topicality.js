// How much a term is a topic, by where an index has it: the twin of search/topicality.py.
"use strict";

const kbTopicality = (() => {
  const POWER = 0.2;
  const LEAST = 0.4;
  const UNSURE = 20;
  const AGAIN = 1.5;
  const DISTINCT = 2.5;
  const LOOKED_AT = 1000;

  /**
   * Of the pages with a usual term, the share with it in the title.
   * @param {Record<KbIndexField, number>} average lengths
   */
  const usualInTitles = ({ title, text }) => (DISTINCT * title) / text;
  /**
   * What a term's weight is multiplied by, at most 1.
   * @param {number[]} counts how often each page has it that does
   * @param {number} titles how many have it in the title
   * @param {number} usual
   */
  function topicality(counts, titles, usual) {
    const lookedAt = counts.slice(0, LOOKED_AT);
    const times = lookedAt.reduce((sum, count) => sum + count, 0);
    const again = lookedAt.length ? (times / lookedAt.length - 1) * counts.length : 0;
    const repeats = (again / AGAIN + UNSURE) / (counts.length + UNSURE);
    const entitles = (titles / usual + UNSURE) / (counts.length + UNSURE);
    return Math.max(Math.min((repeats * entitles) ** POWER, 1), LEAST);
  }

  return { topicality, usualInTitles };
})();
