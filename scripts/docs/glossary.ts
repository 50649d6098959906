import { entryOf, GLOSSARY } from '../../src/glossary/glossary';
import { GROUPS, type GroupedEntry } from '../../src/glossary/types';

const link = (id: string): string => `[${entryOf(id).term}](#${id})`;

/** An entry: its name with an anchor of its own, since headings with signs get anchors that nobody can guess; its sentence; the facts. */
function section({ id, term, symbol, sentence, formula, where, source, related }: GroupedEntry): string {
  const facts = [
    ...(formula === undefined ? [] : [`Formula: $\`${formula}\`$`]),
    `In the lab: ${where.words}.`,
    `Source: ${source}.`,
    `See also: ${related.map(link).join(', ')}.`,
  ];
  return `<a id="${id}"></a>

### ${term}${symbol === undefined ? '' : ` · ${symbol}`}

${sentence}

${facts.map((fact) => `- ${fact}`).join('\n')}`;
}

/** The glossary as a page of Markdown: chapters in reading order, after an index of all terms. */
export function glossaryPage(): string {
  const chapters = GROUPS.map(({ id, title }) => {
    const own = GLOSSARY.filter(({ group }) => group === id);
    return {
      title,
      index: own.map((entry) => link(entry.id)).join(' · '),
      text: own.map(section).join('\n\n'),
    };
  });
  return `# Glossary

Every word and sign that the lab uses on screen, in one plain sentence each. The same entries answer the search of the page (key \`/\`).
This page is written by \`npm run docs\` from \`src/glossary/\`: change the entries there.

${chapters.map(({ title, index }) => `**${title}:** ${index}`).join('\n\n')}

${chapters.map(({ title, text }) => `## ${title}\n\n${text}`).join('\n\n')}
`;
}
