import { useEffect, useState } from 'react';
import { SidebarItem } from '@backstage/core-components';
import {
  errorApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import ExitToAppIcon from '@material-ui/icons/ExitToApp';

/** Says who one is, and leads back to the sign-in page to become somebody else. */
export function SignedInPerson() {
  const identityApi = useApi(identityApiRef);
  const errorApi = useApi(errorApiRef);
  const [name, setName] = useState<string>();

  useEffect(() => {
    let current = true;
    Promise.all([
      identityApi.getProfileInfo(),
      identityApi.getBackstageIdentity(),
    ]).then(
      ([profile, { userEntityRef }]) =>
        current && setName(profile.displayName ?? userEntityRef),
      reason => current && errorApi.post(reason),
    );
    return () => {
      current = false;
    };
  }, [identityApi, errorApi]);

  return (
    <SidebarItem
      icon={ExitToAppIcon}
      text={name ? `Sign out ${name}` : 'Sign out'}
      onClick={() => {
        identityApi.signOut().catch(reason => errorApi.post(reason));
      }}
    />
  );
}
