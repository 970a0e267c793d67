namespace Voltgate.Server.Api;

/// <summary>Fields that several commands share.</summary>
internal static class CommandFields
{
    private static readonly string[] Schemes = ["https", "http", "ftps", "sftp", "ftp"];

    public static readonly Field Connector = Field.Id("connector", "One of its connectors.");

    public static readonly Field Retries = Field.Whole("retries", "How often the station tries again.", max: 100);

    public static readonly Field RetryInterval = Field.Whole(
        "retry_interval", "Seconds between two tries.", max: 86_400);

    /// <summary>Reliability O31: what stands in it is seen on the wire, in actions and in webhooks.</summary>
    public static Field Url(string description) => Field.Text("url", description, max: 512, min: 1) with
    {
        Rule = value => Uri.TryCreate((string)value!, UriKind.Absolute, out var url) && Schemes.Contains(url.Scheme)
            ? url.UserInfo.Length == 0
                ? null
                : "Leave user and password out of the URL, many eyes see it; use a URL that is made for one download."
            : "Send an absolute URL: https://host/path, or one of http, ftps, sftp, ftp.",
        Example = "\"https://firmware.example.org/station-2.bin\"",
    };
}
