namespace Voltgate.Server.Tests.Conform;

/// <summary>OCPP 1.6: test case document, revision 2025-09.</summary>
internal static class Certification16
{
    public static readonly Certification List = new(
        "1.6",
        """
        Every central-system case of the certification (test case document, revision 2025-09; 77 ids).
        """,
        [
            "TC_001_CSMS", "TC_003_CSMS", "TC_004_1_CSMS", "TC_004_2_CSMS", "TC_005_1_CSMS", "TC_007_CSMS",
            "TC_010_CSMS", "TC_011_1_CSMS", "TC_011_2_CSMS", "TC_012_CSMS", "TC_013_CSMS", "TC_014_CSMS",
            "TC_017_1_CSMS", "TC_017_2_CSMS", "TC_018_1_CSMS", "TC_019_1_CSMS", "TC_019_2_CSMS", "TC_021_CSMS",
            "TC_023_1_CSMS", "TC_023_2_CSMS", "TC_023_3_CSMS", "TC_024_CSMS", "TC_026_CSMS", "TC_028_CSMS",
            "TC_030_CSMS", "TC_031_CSMS", "TC_032_1_CSMS", "TC_037_1_CSMS", "TC_037_3_CSMS", "TC_039_CSMS",
            "TC_040_1_CSMS", "TC_040_2_CSMS", "TC_042_1_CSMS", "TC_042_2_CSMS", "TC_043_1_CSMS", "TC_043_3_CSMS",
            "TC_043_4_CSMS", "TC_043_5_CSMS", "TC_044_1_CSMS", "TC_044_2_CSMS", "TC_044_3_CSMS", "TC_045_1_CSMS",
            "TC_045_2_CSMS", "TC_046_CSMS", "TC_047_CSMS", "TC_048_1_CSMS", "TC_048_2_CSMS", "TC_048_3_CSMS",
            "TC_048_4_CSMS", "TC_049_CSMS", "TC_051_CSMS", "TC_052_CSMS", "TC_053_CSMS", "TC_054_CSMS",
            "TC_055_CSMS", "TC_056_CSMS", "TC_057_CSMS", "TC_059_CSMS", "TC_061_CSMS", "TC_064_CSMS", "TC_066_CSMS",
            "TC_067_CSMS", "TC_073_CSMS", "TC_074_CSMS", "TC_075_1_CSMS", "TC_075_2_CSMS", "TC_076_CSMS",
            "TC_077_CSMS", "TC_078_CSMS", "TC_079_CSMS", "TC_080_CSMS", "TC_081_CSMS", "TC_083_CSMS", "TC_085_CSMS",
            "TC_086_CSMS", "TC_087_CSMS", "TC_088_CSMS",
        ])
    {
        Tests = new Dictionary<string, (string, string[])>
        {
            ["TC_073_CSMS"] = ("The password for Basic authentication is changed (whitepaper A01)",
                ["O09_PasswordChange_A_clear_answer_settles_it_at_once"]),
            ["TC_074_CSMS"] = ("The station's certificate is renewed (whitepaper A02)",
                ["O12_Csr_A_good_one_is_signed_brought_and_opens_the_door"]),
            ["TC_083_CSMS"] = ("The security profile is raised (whitepaper A05)",
                ["O09_ProfileRaise_The_old_profile_opens_until_the_station_comes_by_the_new_one"]),
            ["TC_085_CSMS"] = ("Basic authentication (whitepaper A00)", ["O04_Good", "O03_WrongPassword"]),
            ["TC_086_CSMS"] = ("TLS with the server's certificate (whitepaper A00)",
                ["Each_suite_of_the_whitepaper_finds_its_certificate", "A_station_comes_in_by_TLS"]),
            ["TC_087_CSMS"] = ("TLS with the station's certificate (whitepaper A00)",
                ["O11_ClientCert_A_good_one_opens", "O11_ClientCert_Anything_else_is_refused_diagnosed_and_reported"]),
            ["TC_088_CSMS"] = ("The subprotocol (OCPP-J §3.2)", ["Only_a_version_that_both_speak_is_spoken"]),
        },
    };
}
