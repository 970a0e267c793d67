namespace Voltgate.Server.Tests.Conform;

/// <summary>
/// The central system's cases of the OCPP 1.6 certification: the ids of the Open Charge Alliance's test cases,
/// revision 2025-09. Those that are about connections are shown by tests of their own, the others by scripts.
/// </summary>
internal static class Certification
{
    public static readonly IReadOnlyList<string> Cases =
    [
        "001", "003", "004_1", "004_2", "005_1", "007", "010", "011_1", "011_2", "012", "013", "014", "017_1", "017_2",
        "018_1", "019_1", "019_2", "021", "023_1", "023_2", "023_3", "024", "026", "028", "030", "031", "032_1",
        "037_1", "037_3", "039", "040_1", "040_2", "042_1", "042_2", "043_1", "043_3", "043_4", "043_5", "044_1",
        "044_2", "044_3", "045_1", "045_2", "046", "047", "048_1", "048_2", "048_3", "048_4", "049", "051", "052",
        "053", "054", "055", "056", "057", "059", "061", "064", "066", "067", "073", "074", "075_1", "075_2", "076",
        "077", "078", "079", "080", "081", "083", "085", "086", "087", "088",
    ];

    /// <summary>What the title is, and which tests show it.</summary>
    public static readonly IReadOnlyDictionary<string, (string Title, string[] Tests)> Tests =
        new Dictionary<string, (string, string[])>
        {
            ["073"] = ("The password for Basic authentication is changed (whitepaper A01)",
                ["O09_PasswordChange_A_clear_answer_settles_it_at_once"]),
            ["074"] = ("The station's certificate is renewed (whitepaper A02)",
                ["O12_Csr_A_good_one_is_signed_brought_and_opens_the_door"]),
            ["083"] = ("The security profile is raised (whitepaper A05)",
                ["O09_ProfileRaise_The_old_profile_opens_until_the_station_comes_by_the_new_one"]),
            ["085"] = ("Basic authentication (whitepaper A00)", ["O04_Good", "O03_WrongPassword"]),
            ["086"] = ("TLS with the server's certificate (whitepaper A00)",
                ["Each_suite_of_the_whitepaper_finds_its_certificate", "A_station_comes_in_by_TLS"]),
            ["087"] = ("TLS with the station's certificate (whitepaper A00)",
                ["O11_ClientCert_A_good_one_opens", "O11_ClientCert_Anything_else_is_refused_diagnosed_and_reported"]),
            ["088"] = ("The subprotocol (OCPP-J §3.2)", ["Only_a_version_that_both_speak_is_spoken"]),
        };

    public static string IdOf(string number) => $"TC_{number}_CSMS";
}
