namespace Voltgate.Server.Tests.Conform;

/// <summary>
/// OCPP 2.0.1: what part 5 marks M or C for central systems in the profiles Core, Advanced Security, Smart Charging and
/// ISO 15118 Support.
/// </summary>
internal static class Certification201
{
    public static readonly Certification List = new(
        "2.0.1",
        """
        The central-system cases that part 5 marks in the profiles Core, Advanced Security, Smart Charging and ISO
        15118 Support: the 147 mandatory ones of edition 2025-12, and those that edition 2023-06 has besides them. In
        each run a station of 2.0.1 plays the scripts on SQLite, and one of 2.1 on PostgreSQL. Of A_12, B_58, C_50 to
        C_52, K, M_03, M_04, M_14 to M_16, M_24, M_26 and M_28 edition 2023-06 has no text: what is shown is their use
        case.
        """,
        [
            "TC_A_01_CSMS", "TC_A_02_CSMS", "TC_A_03_CSMS", "TC_A_04_CSMS", "TC_A_06_CSMS", "TC_A_07_CSMS",
            "TC_A_08_CSMS", "TC_A_09_CSMS", "TC_A_10_CSMS", "TC_A_11_CSMS", "TC_A_12_CSMS", "TC_A_14_CSMS",
            "TC_A_19_CSMS", "TC_B_01_CSMS", "TC_B_02_CSMS", "TC_B_06_CSMS", "TC_B_07_CSMS", "TC_B_09_CSMS",
            "TC_B_10_CSMS", "TC_B_12_CSMS", "TC_B_13_CSMS", "TC_B_20_CSMS", "TC_B_21_CSMS", "TC_B_22_CSMS",
            "TC_B_25_CSMS", "TC_B_26_CSMS", "TC_B_27_CSMS", "TC_B_30_CSMS", "TC_B_31_CSMS", "TC_B_42_CSMS",
            "TC_B_44_CSMS", "TC_B_58_CSMS", "TC_C_02_CSMS", "TC_C_06_CSMS", "TC_C_07_CSMS", "TC_C_08_CSMS",
            "TC_C_20_CSMS", "TC_C_37_CSMS", "TC_C_38_CSMS", "TC_C_39_CSMS", "TC_C_47_CSMS", "TC_C_48_CSMS",
            "TC_C_49_CSMS", "TC_C_50_CSMS", "TC_C_51_CSMS", "TC_C_52_CSMS", "TC_E_01_CSMS", "TC_E_02_CSMS",
            "TC_E_03_CSMS", "TC_E_04_CSMS", "TC_E_07_CSMS", "TC_E_08_CSMS", "TC_E_09_CSMS", "TC_E_10_CSMS",
            "TC_E_11_CSMS", "TC_E_12_CSMS", "TC_E_14_CSMS", "TC_E_15_CSMS", "TC_E_16_CSMS", "TC_E_17_CSMS",
            "TC_E_19_CSMS", "TC_E_20_CSMS", "TC_E_21_CSMS", "TC_E_22_CSMS", "TC_E_26_CSMS", "TC_E_29_CSMS",
            "TC_E_30_CSMS", "TC_E_31_CSMS", "TC_E_33_CSMS", "TC_E_34_CSMS", "TC_E_38_CSMS", "TC_E_39_CSMS",
            "TC_E_53_CSMS", "TC_F_01_CSMS", "TC_F_02_CSMS", "TC_F_03_CSMS", "TC_F_04_CSMS", "TC_F_06_CSMS",
            "TC_F_11_CSMS", "TC_F_12_CSMS", "TC_F_13_CSMS", "TC_F_14_CSMS", "TC_F_15_CSMS", "TC_F_18_CSMS",
            "TC_F_20_CSMS", "TC_F_23_CSMS", "TC_F_24_CSMS", "TC_F_27_CSMS", "TC_G_03_CSMS", "TC_G_04_CSMS",
            "TC_G_05_CSMS", "TC_G_06_CSMS", "TC_G_07_CSMS", "TC_G_08_CSMS", "TC_G_11_CSMS", "TC_G_14_CSMS",
            "TC_G_17_CSMS", "TC_G_20_CSMS", "TC_J_01_CSMS", "TC_J_02_CSMS", "TC_J_03_CSMS", "TC_J_04_CSMS",
            "TC_J_07_CSMS", "TC_J_08_CSMS", "TC_J_09_CSMS", "TC_J_10_CSMS", "TC_J_11_CSMS", "TC_K_01_CSMS",
            "TC_K_03_CSMS", "TC_K_04_CSMS", "TC_K_05_CSMS", "TC_K_06_CSMS", "TC_K_08_CSMS", "TC_K_10_CSMS",
            "TC_K_15_CSMS", "TC_K_19_CSMS", "TC_K_29_CSMS", "TC_K_30_CSMS", "TC_K_31_CSMS", "TC_K_32_CSMS",
            "TC_K_33_CSMS", "TC_K_34_CSMS", "TC_K_35_CSMS", "TC_K_36_CSMS", "TC_K_37_CSMS", "TC_K_43_CSMS",
            "TC_K_44_CSMS", "TC_K_53_CSMS", "TC_K_55_CSMS", "TC_K_57_CSMS", "TC_K_58_CSMS", "TC_K_59_CSMS",
            "TC_K_60_CSMS", "TC_K_70_CSMS", "TC_L_01_CSMS", "TC_L_02_CSMS", "TC_L_03_CSMS", "TC_L_04_CSMS",
            "TC_L_05_CSMS", "TC_L_06_CSMS", "TC_L_07_CSMS", "TC_L_08_CSMS", "TC_L_09_CSMS", "TC_L_10_CSMS",
            "TC_L_11_CSMS", "TC_L_13_CSMS", "TC_M_01_CSMS", "TC_M_02_CSMS", "TC_M_03_CSMS", "TC_M_04_CSMS",
            "TC_M_05_CSMS", "TC_M_13_CSMS", "TC_M_14_CSMS", "TC_M_15_CSMS", "TC_M_16_CSMS", "TC_M_18_CSMS",
            "TC_M_19_CSMS", "TC_M_20_CSMS", "TC_M_21_CSMS", "TC_M_24_CSMS", "TC_M_26_CSMS", "TC_M_28_CSMS",
            "TC_N_25_CSMS", "TC_N_27_CSMS", "TC_N_28_CSMS", "TC_N_29_CSMS", "TC_N_30_CSMS", "TC_N_31_CSMS",
            "TC_N_32_CSMS", "TC_N_34_CSMS", "TC_N_35_CSMS", "TC_N_36_CSMS", "TC_N_62_CSMS", "TC_P_02_CSMS",
            "TC_P_03_CSMS",
        ])
    {
        Conditional =
        [
            "TC_B_02_CSMS", "TC_B_07_CSMS", "TC_B_10_CSMS", "TC_B_12_CSMS", "TC_B_13_CSMS",
            "TC_B_25_CSMS", "TC_B_26_CSMS", "TC_B_27_CSMS", "TC_B_30_CSMS", "TC_B_31_CSMS", "TC_E_29_CSMS",
            "TC_E_30_CSMS", "TC_E_31_CSMS", "TC_E_33_CSMS", "TC_E_34_CSMS", "TC_F_06_CSMS", "TC_F_11_CSMS",
            "TC_F_12_CSMS", "TC_F_13_CSMS", "TC_F_14_CSMS", "TC_F_15_CSMS", "TC_F_18_CSMS", "TC_F_23_CSMS",
            "TC_F_24_CSMS", "TC_L_02_CSMS", "TC_L_03_CSMS", "TC_N_62_CSMS",
        ],
        Tests = new Dictionary<string, (string, string[])>
        {
            ["TC_A_01_CSMS"] = ("Basic authentication: its identity and its password (A00, B01)", ["O04_Good"]),
            ["TC_A_02_CSMS"] = ("Basic authentication: somebody else's identity (A00)", ["O02_UserNotEqualId"]),
            ["TC_A_03_CSMS"] = ("Basic authentication: a wrong password (A00)", ["O03_WrongPassword"]),
            ["TC_A_04_CSMS"] = ("TLS with the server's certificate (A00)",
                ["Each_suite_of_the_whitepaper_finds_its_certificate", "A_station_comes_in_by_TLS"]),
            ["TC_A_06_CSMS"] = ("TLS that is too old is not spoken (A00)",
                ["Anything_less_is_refused_and_the_doctor_knows_why", "A_station_comes_in_by_TLS"]),
            ["TC_A_07_CSMS"] = ("TLS with the station's certificate (A00)",
                ["Each_suite_of_the_whitepaper_finds_its_certificate", "O11_ClientCert_A_good_one_opens"]),
            ["TC_A_08_CSMS"] = ("TLS with a certificate that is not the station's, or not in force (A00)",
                ["O11_ClientCert_Anything_else_is_refused_diagnosed_and_reported", "O11_ClientCert_A_good_one_opens"]),
            ["TC_A_09_CSMS"] = ("Another password, which the station takes (A01)",
                ["O09_PasswordChange_A_clear_answer_settles_it_at_once"]),
            ["TC_A_10_CSMS"] = ("Another password, which the station does not take (A01)",
                ["O09_PasswordChange_A_clear_answer_settles_it_at_once"]),
            ["TC_A_11_CSMS"] = ("The station's certificate is renewed because we ask for it (A02, F06)",
                ["O12_Csr_A_good_one_is_signed_brought_and_opens_the_door"]),
            ["TC_A_12_CSMS"] = ("The station gets the certificate that it shows to vehicles (A02)",
                ["For_development_a_station_gets_what_it_shows_to_vehicles_and_openssl_believes_its_standing"]),
            ["TC_A_14_CSMS"] = ("The station refuses its new certificate (A02)",
                ["O12_Csr_What_a_station_refuses_of_it_is_not_brought_again"]),
            ["TC_A_19_CSMS"] = ("The security profile is raised (A05)",
                ["O09_ProfileRaise_A_station_of_2_x_is_given_a_network_profile_and_nothing_less_opens_then"]),
            ["TC_B_02_CSMS"] = ("Cold boot, answered Pending until somebody has adopted the station (B02)",
                ["A_station_of_2_x_waits_for_its_adoption_and_is_accepted_then"]),
            ["TC_B_30_CSMS"] = ("Anything else before it is accepted is a SecurityError (B02, B03)",
                ["A_station_of_2_x_waits_for_its_adoption_and_is_accepted_then"]),
            ["TC_B_58_CSMS"] = ("The subprotocol that both speak (OCPP-J §3.1.2)",
                ["The_first_version_that_the_station_offers_and_the_platform_speaks_is_spoken",
                 "Only_a_version_that_both_speak_is_spoken"]),
            ["TC_C_50_CSMS"] = ("A contract that the station has looked at, and that is good (C07)",
                ["A_contract_charges_where_the_provider_and_its_token_allow_it"]),
            ["TC_C_51_CSMS"] = ("A contract that the station has looked at, and that is revoked (C07)",
                ["A_contract_charges_where_the_provider_and_its_token_allow_it"]),
            ["TC_C_52_CSMS"] = ("A contract that is judged here (C07)",
                ["For_development_contracts_of_named_authorities_are_taken"]),
            ["TC_M_24_CSMS"] = ("How the station's certificate stands (M06)",
                ["A_certificate_s_standing_is_the_provider_s_word",
                 "For_development_a_station_gets_what_it_shows_to_vehicles_and_openssl_believes_its_standing"]),
            ["TC_M_26_CSMS"] = ("A vehicle gets the certificates of its contract (M01)",
                ["A_vehicle_gets_its_certificates_from_the_provider"]),
            ["TC_M_28_CSMS"] = ("A vehicle renews the certificates of its contract (M02)",
                ["A_vehicle_gets_its_certificates_from_the_provider"]),
        },
        NotApplicable = new Dictionary<string, string>
        {
            ["TC_B_31_CSMS"] =
                "a station is answered Pending because nobody has adopted it, and is asked nothing meanwhile",
        },
    };
}
