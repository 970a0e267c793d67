using System.Text.RegularExpressions;

namespace Voltgate.Server.Api;

/// <summary>Fields that several resources share.</summary>
internal static partial class Fields
{
    public static readonly Field Active = Field.Flag("active", standard: true);

    /// <summary>ISO 3166-1 alpha-2, two letters.</summary>
    public static readonly Field Country = Field.Text("country", "ISO 3166-1 alpha-2: DE.", max: 2, min: 2) with
    {
        Rule = c => CountryCode().IsMatch((string)c!) ? null : "Send two capital letters of ISO 3166-1, such as DE.",
    };

    public static readonly Shape Address = new(
        "Address",
        Field.Text("streetAndNumber"), Field.Text("city", max: 200), Field.Text("postalCode", max: 20),
        Field.Text("state", max: 100), Country);

    public static readonly Field Email = Field.Text("email", "An e-mail address.", max: 254, min: 3) with
    {
        Rule = e => EmailAddress().IsMatch((string)e!) ? null : "Send an e-mail address: name@example.com.",
    };

    /// <summary>[longitude, latitude], as GeoJSON orders them.</summary>
    public static readonly Field Coordinates = Field.List(
        "coordinates", Field.Number("degrees", "", -180, 180), "[longitude, latitude] in degrees.", max: 2, min: 2) with
    {
        Rule = c => Math.Abs((decimal)c[1]!) <= 90 ? null : "Send [longitude, latitude]; a latitude is from -90 to 90.",
        Example = "[13.404954,52.520008]",
    };

    /// <summary>HH:mm, 00:00 to 24:00.</summary>
    public static Field TimeOfDay(string name, string description) => Field.Text(name, description, max: 5, min: 5) with
    {
        Rule = t => ClockTime().IsMatch((string)t!) ? null : "Send a time from 00:00 to 24:00 as HH:mm.",
    };

    public static readonly Field TimeZone = Field.Text("timezone", "IANA: Europe/Berlin.", max: 64) with
    {
        Default = "\"UTC\"",
        Rule = z => IsZone((string)z!) ? null : "Send a time zone of the IANA database, such as Europe/Berlin.",
    };

    private static bool IsZone(string name) =>
        (name.Contains('/', StringComparison.Ordinal) || name == "UTC")
        && !name.Contains("..", StringComparison.Ordinal)
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex CountryCode();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex EmailAddress();

    [GeneratedRegex(@"^(([01]\d|2[0-3]):[0-5]\d|24:00)\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ClockTime();
}
