namespace Voltgate.Server.Api;

/// <summary>What bodies about sessions look like (api-contract §3 Session).</summary>
internal static class SessionShapes
{
    private static readonly Shape Target = new(
        "SessionTarget",
        Field.Number("time", "Minutes from the start; 720 unless said otherwise.", 1, 100_000, decimals: 3),
        Field.Number("energy", "kWh.", 0.001m, 100_000, decimals: 6),
        Field.Number("cost", "In the rate's currency.", 0.01m, 1_000_000),
        Field.Whole("state_of_charge", "Percent.", min: 1, max: 100),
        Field.Time("energy_start_time", "Energy shall not flow before."),
        Field.Time("energy_stop_time", "The session stops then."));

    public static readonly Shape New = new(
        "SessionBody",
        Field.Id("connector", "Where to charge.").Must,
        Field.Id("user", "Who charges.").Must,
        Field.Object("target", Target, "When to stop by itself."),
        Field.Word(
            "type", ["default", "wallet"],
            "wallet: the driver's wallet pays. What it has free is held, and the session stops when that is used up."),
        Field.MetaData);
}
