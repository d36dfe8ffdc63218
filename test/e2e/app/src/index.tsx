import { renderPortal } from '../../../../packages/app/src/render';
import { DemoSignInPage } from '../../../../packages/app/src/signIn/DemoSignInPage';
import { signInPageOf } from '../../../../packages/app/src/signIn/extension';

renderPortal(signInPageOf(async () => DemoSignInPage));
