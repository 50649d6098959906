import type { CSSProperties } from 'react';
import type { Exhibit, ExhibitState } from './exhibit';
import styles from './Gallery.module.css';
import { type GalleryPlace, queryOf } from './place';
import { SECTIONS, stateOfPlace } from './registry';

/** A section of the gallery with the way to the others; or, within a frame, one state that has a window of its own. */
export function GalleryPage({ place }: { place: GalleryPlace }) {
  const { section, state } = stateOfPlace(place);
  if (state) return <div className={styles.window}>{state.show}</div>;
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1>{section.title}</h1>
        <nav aria-label="Sections of the gallery">
          {SECTIONS.map(({ id, title }) => (
            <a
              key={id}
              data-section={id}
              href={queryOf({ section: id, theme: place.theme })}
              aria-current={id === section.id ? 'page' : undefined}
            >
              {title}
            </a>
          ))}
          <a href={queryOf({ section: section.id, theme: place.theme === 'dark' ? 'light' : 'dark' })}>
            {place.theme === 'dark' ? 'In light' : 'In dark'}
          </a>
        </nav>
      </header>
      {section.exhibits.map((exhibit) => (
        <section key={exhibit.part} className={styles.exhibit} aria-label={exhibit.part}>
          <h2>{exhibit.part}</h2>
          <div className={styles.states}>
            {exhibit.states.map((one) => (
              <State key={one.name} exhibit={exhibit} state={one} place={{ ...place, section: section.id }} />
            ))}
          </div>
        </section>
      ))}
    </main>
  );
}

/** One state over its name. */
function State({ exhibit, state, place }: { exhibit: Exhibit; state: ExhibitState; place: GalleryPlace }) {
  const { name, show, window: own } = state;
  const box: CSSProperties = { width: exhibit.width, height: exhibit.height };
  return (
    <figure className={styles.state}>
      {own ? (
        <iframe
          title={`${exhibit.part}: ${name}`}
          className={styles.frame}
          width={own.width}
          height={own.height}
          src={queryOf({ ...place, part: exhibit.part, state: name })}
        />
      ) : (
        <div className={styles.box} data-filled={exhibit.height !== undefined || undefined} style={box}>
          {show}
        </div>
      )}
      <figcaption>{name}</figcaption>
    </figure>
  );
}
