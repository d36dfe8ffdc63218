import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import CategoryIcon from '@material-ui/icons/Category';
import CheckCircleOutlineIcon from '@material-ui/icons/CheckCircleOutline';
import ExtensionIcon from '@material-ui/icons/Extension';
import MenuIcon from '@material-ui/icons/Menu';
import SettingsIcon from '@material-ui/icons/Settings';
import StorefrontIcon from '@material-ui/icons/Storefront';
import VpnKeyIcon from '@material-ui/icons/VpnKey';
import { ApiAdminSidebarItem } from 'backstage-plugin-api-products';
import { Logo } from './Logo';
import { SignedInPerson } from './SignedInPerson';

/** The sidebar: what people come for first, Backstage's own pages below. */
function NavContent() {
  return (
    <Sidebar>
      <Logo />
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        <SidebarItem
          icon={StorefrontIcon}
          to="/api-products"
          end
          text="API products"
        />
        <SidebarItem
          icon={VpnKeyIcon}
          to="/api-products/my-access"
          text="My API access"
        />
        <SidebarItem
          icon={CheckCircleOutlineIcon}
          to="/api-products/approvals"
          text="Approvals"
        />
        <ApiAdminSidebarItem />
        <SidebarDivider />
        <SidebarItem icon={CategoryIcon} to="/catalog" text="Catalog" />
        <SidebarItem icon={ExtensionIcon} to="/api-docs" text="APIs" />
        <NotificationsSidebarItem />
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <SidebarGroup label="Settings" icon={<SettingsIcon />} to="/settings">
        <SidebarItem icon={SettingsIcon} to="/settings" text="Settings" />
        <SignedInPerson />
      </SidebarGroup>
    </Sidebar>
  );
}

export const navContent = NavContentBlueprint.make({
  params: { component: NavContent },
});
