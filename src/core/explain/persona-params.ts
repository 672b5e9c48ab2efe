export interface PersonaParams {
  /** The column that tells what a customer is worth; `auto`: by its name; null: none. */
  readonly valueColumn: string | null;
}

export const personaDefaults: PersonaParams = { valueColumn: 'auto' };
