import { expose } from 'comlink';
import { createService } from './service';

/** The worker that every page starts: plain loops. */
expose(createService({}));
