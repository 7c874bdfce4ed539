/** The list of the servers that this console knows, and its dialogs. */
export const serversWords = {
  heading: 'Servers',
  note: 'Each server has its own license. The console refreshes all of them.',
  line: (edition: string, host: string, licensed: boolean): string =>
    `${edition} · ${host} · ${licensed ? 'licensed' : 'not licensed'}`,
  shown: '· shown in this window',
  newLicenseWaits: '· a new license is waiting for your answer',
  show: 'Show',
  edit: 'Edit…',
  rename: 'Rename…',
  forget: 'Forget…',
  add: 'Add another server',
  addHeading: 'Add a server',
  editHeading: (serverName: string): string => `Settings of ${serverName}`,
  added: (serverName: string): string => `${serverName} was added.`,
  edited: (serverName: string): string => `The settings of ${serverName} were saved.`,
  cancel: 'Cancel',
  renaming: {
    heading: (serverName: string): string => `Rename ${serverName}`,
    hint: 'As the Authorization server lists the device. The license does not change.',
    missing: 'Enter a name for the server.',
    confirm: 'Rename',
    renamed: (serverName: string): string => `The server is now called ${serverName}.`,
  },
  forgetting: {
    heading: (serverName: string): string => `Forget ${serverName}?`,
    /**
     * `holds`: the server holds a license. `newLicenseWaits`: another one waits until a person keeps it or undoes it; its authorization is
     * ended.
     */
    whatHappens: (
      host: string,
      is: { readonly holds: boolean; readonly newLicenseWaits: boolean },
    ): readonly string[] => [
      'Its settings, its history, its license tokens and the clients of its local license API are deleted from this computer.',
      ...(is.newLicenseWaits
        ? [`The authorization of the new license that is waiting for your answer ends at ${host}.`]
        : []),
      ...(is.holds || is.newLicenseWaits ? [] : ['Nothing changes at the Authorization server.']),
      ...(is.holds
        ? [
            'This server is no longer licensed then: registers and other servers can no longer trust it.',
            `If you remove the license first, its authorization ends at ${host}, and another device can use it.`,
            `If you forget it without removing the license, its authorization stays open at ${host} until somebody removes it there.`,
          ]
        : []),
      'You can add the server again later. Its history does not come back.',
    ],
    confirm: 'Forget',
    removeFirst: 'Remove License and forget',
    onlyForget: 'Forget only',
    forgotten: (serverName: string): string => `${serverName} was forgotten.`,
  },
};
