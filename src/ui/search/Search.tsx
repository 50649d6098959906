import { useId, useMemo, useState } from 'react';
import { useGlossarySearch } from '../glossary/useGlossarySearch';
import styles from '../overlays/Overlays.module.css';
import { findEntries, type SearchEntry } from './findEntries';
import { SEARCH_ENTRIES } from './searchEntries';

const SHOWN = 9;

/** All controls, and all words of the lab, by name. Enter goes there; a word is explained in the list itself. */
export function Search({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const glossary = useGlossarySearch();
  const everything = useMemo(() => [...SEARCH_ENTRIES, ...glossary.entries], [glossary.entries]);
  const found = findEntries(query, everything).slice(0, SHOWN);
  const current = Math.min(at, found.length - 1);
  /** Marks another line and keeps it in sight. */
  const mark = (index: number): void => {
    setAt(index);
    document.getElementById(`${list}-${index}`)?.scrollIntoView({ block: 'nearest' });
  };
  const go = (entry: SearchEntry | undefined): void => {
    if (!entry?.act) return;
    onClose();
    entry.act();
  };
  return (
    <div className={styles.search}>
      <input
        data-autofocus
        type="text"
        role="combobox"
        aria-label="Search controls and concepts"
        aria-expanded={true}
        aria-controls={list}
        aria-activedescendant={found.length ? `${list}-${current}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder="λ, seed, shell, σ …"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') mark(Math.min(current + 1, found.length - 1));
          else if (event.key === 'ArrowUp') mark(Math.max(current - 1, 0));
          else if (event.key === 'Enter') go(found[current]);
          else return;
          event.preventDefault();
        }}
      />
      <div id={list} role="listbox" aria-label="Found" className={styles.results}>
        {found.map((entry, index) => (
          <div
            key={`${entry.home}/${entry.name}`}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            onPointerMove={() => setAt(index)}
            onPointerUp={() => go(entry)}
          >
            <em>{entry.home}</em>
            <strong>{entry.name}</strong>
            <p>{entry.describe}</p>
          </div>
        ))}
        {found.length === 0 && glossary.state !== 'loading' && <p>Nothing of that name.</p>}
      </div>
      {glossary.state === 'failed' && (
        <p role="status">The glossary could not be loaded: controls are found, words are not explained.</p>
      )}
    </div>
  );
}
