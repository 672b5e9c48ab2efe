import type { QueryKind } from '../src/contract/queries';
import {
  classifiers,
  fewestFields,
  importance,
  smallModel,
  treeNodes,
} from './queries/classifying';
import { derived, described, outliers, pair, powers } from './queries/columns';
import { autoencoder, compare, flow } from './queries/comparing';
import type { Answer } from './queries/known';
import { driftReference, movers, nextPeriod } from './queries/later-file';
import { map, mapShapes, mapTrust } from './queries/maps';
import { mixture, mixtureNumbers } from './queries/mixtures';
import { customer, labelledCsv, rows, selected, selectedCsv, setAsideCsv } from './queries/rows';
import { dendrogram, formed, influence, silhouettes } from './queries/segments';

/** Who answers what. Each is in the file of its subject, in `queries`. */
export const answers: { readonly [Kind in QueryKind]: Answer<Kind> } = {
  // Customers and lines of the file
  customer,
  rows,
  selected,
  labelledCsv,
  selectedCsv,
  setAsideCsv,
  // Columns
  pair,
  outliers,
  derived,
  described,
  powers,
  // The segments by themselves
  formed,
  silhouettes,
  influence,
  dendrogram,
  mixture,
  mixtureNumbers,
  // Beside those of another recipe
  compare,
  flow,
  autoencoder,
  // Maps
  map,
  mapShapes,
  mapTrust,
  // Recognising segments
  classifiers,
  treeNodes,
  importance,
  fewestFields,
  smallModel,
  // A later file
  driftReference,
  nextPeriod,
  movers,
};
