using System.Globalization;

namespace Voltgate.Server.Api;

/// <summary>What a rate and a schedule of rates must look like; what they must mean is Domain's RateRules.</summary>
internal static class RateShapes
{
    private static readonly Shape Component = new(
        "PriceComponent",
        Field.Word("type", ["ENERGY", "TIME", "PARKING_TIME", "FLAT"], "Each type once.").Must,
        Field.Number("price", "Currency per kWh, hour or session, without tax.", 0, 1_000_000).Must,
        Field.Number("tax", "Percent.", 0, 100),
        Field.Number("grace_period", "PARKING_TIME: hours that cost nothing.", 0, 8_784),
        Field.Whole("step_size", "Rounds up to multiples: Wh (ENERGY) or seconds.", 1, 1_000_000_000));

    private static readonly Field[] Common =
    [
        Field.Text("name", max: 200, min: 1).Must,
        Field.Text("description", max: 2_000),
        Field.Text("currency", "ISO 4217: EUR.", max: 3, min: 3).Must with { Example = "\"EUR\"" },
        Fields.Active,
        Field.Number("minimum_amount", "The least that a session costs, in currency.", 0, 1_000_000),
        Field.Number("maximum_amount", "The most that a session costs, in currency.", 0, 1_000_000),
        Field.MetaData,
    ];

    public static readonly Shape Rate = new(
        "RateBody",
        [.. Common, Field.List("price_components", Field.Object("component", Component), max: 4, min: 1).Must]);

    private static readonly Shape Target = new(
        "LayoutTarget",
        Field.List("day_of_week", Field.Whole("day", max: 6), "0 Sunday … 6 Saturday; empty: every day.", max: 7),
        Fields.TimeOfDay("start_time", "On the location's clock, HH:mm, inclusive.").Must,
        Fields.TimeOfDay("end_time", "Exclusive; earlier than start_time: past midnight.").Must,
        Date("start_date", "First day, yyyy-MM-dd."),
        Date("end_date", "Last day, yyyy-MM-dd."));

    private static readonly Shape Entry = new(
        "LayoutEntry", Field.Object("target", Target).Must, Field.Id("rate", "A rate that is no schedule.").Must);

    public static readonly Shape Schedule = new(
        "RateScheduleBody",
        [
            .. Common,
            Field.Id("default_rate", "What applies where no entry does.").Must,
            Field.List("layout", Field.Object("entry", Entry), "Entries that do not overlap.", max: 200).Must,
        ]);

    private static Field Date(string name, string description) => Field.Text(name, description, max: 10, min: 10) with
    {
        Rule = d => DateOnly.TryParseExact(
            (string)d!, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : "Send a date as yyyy-MM-dd.",
    };
}
