import { counted } from '../words';

/** That some of what people wrote does not stand anywhere at the moment; '' where all of it does. */
export function restingNote(nResting: number): string {
  if (nResting === 0) return '';
  return `${counted(nResting, 'name or text', 'names or texts')} that you wrote ${nResting === 1 ? 'fits' : 'fit'} none of these segments and ${nResting === 1 ? 'rests' : 'rest'}: see Personas.`;
}
