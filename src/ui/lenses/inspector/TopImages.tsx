import { DATASETS } from '../../../data/registry';
import { useLab } from '../../../store/lab';
import { significant } from '../../../drawing/format';
import { Sample } from '../../stage/samples/Sample';
import { SAMPLE_NOUNS } from '../../sampleNouns';
import { galleryCount } from '../../stage/samples/images';
import styles from './Inspector.module.css';

/** The test images that drive a unit most, strongest first; one that the page holds can be taken under study. */
export function TopImages({ top }: { top: { image: number; activation: number }[] }) {
  const gallery = useLab((state) => state.gallery);
  const data = useLab((state) => state.configuration.data);
  const { classNames, sample } = DATASETS[data];
  const Noun = SAMPLE_NOUNS[sample].charAt(0).toUpperCase() + SAMPLE_NOUNS[sample].slice(1);
  return (
    <div className={styles.images} data-kind={sample}>
      {top.map(({ image, activation }) => {
        const held = gallery !== null && sample !== 'point' && image < galleryCount(gallery);
        const value = significant(activation, 2).replace('-', '−');
        const name = held
          ? `${Noun} ${image + 1}, ${classNames[gallery.labels[image]]}, h ${value}: study it`
          : `Test ${SAMPLE_NOUNS[sample]} ${image + 1}, h ${value}`;
        return held ? (
          <button
            key={image}
            type="button"
            title={name}
            aria-label={name}
            onClick={() => useLab.getState().setUi({ studied: image })}
          >
            <Sample gallery={gallery} index={image} />
            <small>{value}</small>
          </button>
        ) : (
          <span key={image} title={name}>
            <i>{`no. ${image + 1}`}</i>
            <small>{value}</small>
          </span>
        );
      })}
    </div>
  );
}
