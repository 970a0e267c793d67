namespace Voltgate.Server.Resources;

/// <summary>How a chargestation is read and told otherwise than OCPP says, and why.</summary>
/// <param name="Chosen">
/// "by_hand" where quirk_profile says so, "by_boot" where what the station told fits a profile, "none" where none does.
/// </param>
/// <param name="Profile">Absent: it is taken at its word.</param>
internal sealed record QuirksResource(string Chargestation, string Chosen, QuirkProfile? Profile);

/// <summary>Every profile, in the order in which they are tried.</summary>
internal sealed record QuirkProfilesResource(IReadOnlyList<QuirkProfile> Profiles);
