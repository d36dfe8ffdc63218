import { renderPortal } from './render';
import { demoSignInPage } from './signIn/extension';

renderPortal(demoSignInPage);
