import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages load their parts when they are opened, and fields are looked for by role: both take their time on a busy machine.
jest.setTimeout(180_000);
configure({ asyncUtilTimeout: 30_000 });
